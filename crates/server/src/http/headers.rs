//! What every answer forbids the browser that shows it.

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::Response,
};

/// Data is never a page: nothing of it runs, loads or is framed.
const OF_DATA: &str = "default-src 'none'; frame-ancestors 'none'";

/// A page has only what this server serves beside it, and no script or style stands within it.
const OF_PAGES: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
                        connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Puts them on. Those that an endpoint has set by itself stay, such as how long a picture may be kept.
pub(super) async fn strict(mut response: Response) -> Response {
    let is_page = is_page(&response);
    let headers = response.headers_mut();
    // With `no-referrer` a browser says `Origin: null` of a page's own forms, which are then refused as foreign.
    let referrer = if is_page {
        "same-origin"
    } else {
        "no-referrer"
    };
    let policy = if is_page { OF_PAGES } else { OF_DATA };
    // The framework says `no-cache` of streams, which would let them be kept.
    if headers
        .get(header::CACHE_CONTROL)
        .is_some_and(|kept| kept == "no-cache")
    {
        headers.remove(header::CACHE_CONTROL);
    }
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, referrer),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (OPENER, "same-origin"),
        (RESOURCE, "same-origin"),
    ] {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Whether a browser shows the answer as a page.
pub(super) fn is_page(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}
