//! The one cookie: which login a browser has.

use axum::http::{HeaderMap, HeaderValue, header};
use formhand_domain::Secret;
use jiff::SignedDuration;

/// Over plain HTTP, which is this machine or a network that is trusted.
const PLAIN: &str = "formhand-session";

/// Over https. The prefix is a rule of browsers: only this very host can set such a cookie, and only over https.
const HOST: &str = "__Host-formhand-session";

/// What the browser's cookie holds, if it has one.
pub(super) fn read(headers: &HeaderMap, is_secure: bool) -> Option<&str> {
    let ours = name(is_secure);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == ours).then_some(value))
}

/// Gives the browser its cookie.
pub(super) fn give(id: &Secret, life: SignedDuration, is_secure: bool) -> Option<HeaderValue> {
    let mut value = HeaderValue::try_from(line(id.expose(), life.as_secs(), is_secure)).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// Takes it away.
pub(super) fn take(is_secure: bool) -> Option<HeaderValue> {
    HeaderValue::try_from(line("", 0, is_secure)).ok()
}

/// Whether the request came by https, to the proxy before this server, or is to be treated so. Whoever says so falsely
/// gets a cookie that is of no use over plain HTTP, and nothing else.
pub(super) fn is_secure(headers: &HeaderMap, always: bool) -> bool {
    let by = headers.get("x-forwarded-proto");
    always || by.is_some_and(|by| by.as_bytes().eq_ignore_ascii_case(b"https"))
}

fn line(value: &str, seconds: i64, is_secure: bool) -> String {
    let secure = if is_secure { "; Secure" } else { "" };
    let name = name(is_secure);
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
}

fn name(is_secure: bool) -> &'static str {
    if is_secure { HOST } else { PLAIN }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(cookie: &'static str) -> HeaderMap {
        [(header::COOKIE, HeaderValue::from_static(cookie))]
            .into_iter()
            .collect()
    }

    #[test]
    fn the_cookie_is_found_among_others() {
        let both = headers("a=b; formhand-session=1; __Host-formhand-session=2;c");
        assert_eq!(read(&both, false), Some("1"));
        assert_eq!(
            read(&both, true),
            Some("2"),
            "one that no other host can set"
        );
        assert_eq!(read(&headers("xformhand-session=1"), false), None);
    }

    #[test]
    fn no_script_and_no_other_site_can_use_the_cookie() {
        let life = SignedDuration::from_hours(12);
        let given = |is_secure| give(&Secret::new("ab"), life, is_secure).unwrap();
        assert_eq!(
            given(false),
            "formhand-session=ab; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict"
        );
        assert_eq!(
            given(true),
            "__Host-formhand-session=ab; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict; Secure"
        );
        assert!(given(true).is_sensitive());
    }
}
