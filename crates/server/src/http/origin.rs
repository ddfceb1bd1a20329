//! Whether a page of this server sent a request.

use axum::http::{HeaderMap, Uri, header, uri::Authority};

/// Who sent a request, as the browser says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sender {
    /// A page of this server.
    Own,
    /// Something else.
    Foreign,
    /// Nothing is said of it: no browser of these years.
    Unsaid,
}

/// Reads what no page can forge: `Sec-Fetch-Site`, and `Origin`. Whatever one of them says against it counts.
pub(super) fn sender(headers: &HeaderMap) -> Sender {
    let site = headers
        .get("sec-fetch-site")
        .map(|site| site.as_bytes() == b"same-origin");
    let origin = headers.get(header::ORIGIN).map(|origin| {
        let host = headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok());
        let origin = origin.to_str().ok();
        host.zip(origin)
            .is_some_and(|(host, origin)| is_of(origin, host))
    });
    match (site, origin) {
        (Some(false), _) | (_, Some(false)) => Sender::Foreign,
        (None, None) => Sender::Unsaid,
        (Some(true), _) | (_, Some(true)) => Sender::Own,
    }
}

/// The scheme does not matter: a proxy before this server may speak https.
fn is_of(origin: &str, host: &str) -> bool {
    let (Ok(origin), Ok(host)) = (origin.parse::<Uri>(), host.parse::<Authority>()) else {
        return false;
    };
    let is_web = matches!(origin.scheme_str(), Some("http" | "https"));
    is_web
        && origin.authority().is_some_and(|authority| {
            authority.host().eq_ignore_ascii_case(host.host())
                && authority.port_u16() == host.port_u16()
        })
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn of(origin: Option<&'static str>, site: Option<&'static str>) -> Sender {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_static("forms.example:7070"));
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
        }
        if let Some(site) = site {
            headers.insert("sec-fetch-site", HeaderValue::from_static(site));
        }
        sender(&headers)
    }

    #[test]
    fn only_a_page_of_this_very_server_is_our_own() {
        assert_eq!(of(Some("http://forms.example:7070"), None), Sender::Own);
        assert_eq!(of(Some("https://Forms.example:7070"), None), Sender::Own);
        assert_eq!(of(None, Some("same-origin")), Sender::Own);
        assert_eq!(of(None, None), Sender::Unsaid);
        for foreign in [
            "http://evil.example",
            "http://forms.example",
            "http://forms.example:7071",
            "http://forms.example:7070.evil.example",
            "http://forms.example:7070@evil.example",
            "ftp://forms.example:7070",
            "null",
            "",
        ] {
            assert_eq!(of(Some(foreign), None), Sender::Foreign, "{foreign}");
            assert_eq!(of(Some(foreign), Some("same-origin")), Sender::Foreign);
        }
        for site in ["cross-site", "same-site", "none", ""] {
            assert_eq!(of(None, Some(site)), Sender::Foreign, "{site}");
            let own = Some("http://forms.example:7070");
            assert_eq!(of(own, Some(site)), Sender::Foreign, "{site}");
        }
    }
}
