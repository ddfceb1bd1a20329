//! Where a login leads to.

use url::Url;

/// Where to go when nothing else is known.
const HOME: &str = "/";

/// An address of this server, as a path with its query; anything else becomes the first page. It is read as a browser
/// reads it, since `//`, `/\` and a tab in between lead elsewhere too.
pub(super) fn local(wanted: &str) -> String {
    let Ok(base) = Url::parse("http://local.invalid/") else {
        return HOME.to_owned();
    };
    let is_plain =
        wanted.starts_with('/') && !wanted.contains(|c: char| c.is_control() || c == '\\');
    match base.join(wanted) {
        Ok(url) if is_plain && url.origin() == base.origin() && !url.path().starts_with("//") => {
            match url.query() {
                Some(query) => format!("{}?{query}", url.path()),
                None => url.path().to_owned(),
            }
        }
        _ => HOME.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_leads_to_this_server_and_nowhere_else() {
        assert_eq!(
            local("/jobs?status=failed&q=a%20b"),
            "/jobs?status=failed&q=a%20b"
        );
        assert_eq!(local("/jobs#top"), "/jobs");
        for elsewhere in [
            "",
            "jobs",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "http://evil.example/",
            "https:evil.example",
            "javascript:alert(1)",
            "/.//evil.example",
            "/x/..//evil.example",
            "\u{0}/jobs",
        ] {
            assert_eq!(local(elsewhere), "/", "{elsewhere:?}");
        }
    }
}
