//! What comes with a cookie and changes something must come from a page of ours: the browser says so, and the page sends
//! what only it can know. A token in a header needs neither: no browser sends one by itself.

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{HeaderMap, StatusCode, header},
};

use super::{
    Problem,
    origin::{Sender, sender},
};
use crate::access::Caller;

/// No form of ours is larger.
const FORM_LIMIT_BYTES: usize = 64 * 1024;

/// Lets pass what a page of this caller's own login sent.
pub(super) async fn check(caller: &Caller, request: Request) -> Result<Request, Problem> {
    if sender(request.headers()) != Sender::Own {
        return Err(foreign());
    }
    if let Some(sent) = request.headers().get("x-csrf-token") {
        let is_ours = sent.to_str().is_ok_and(|sent| caller.sent(sent));
        return is_ours.then_some(request).ok_or_else(forged);
    }
    if !is_form(request.headers()) {
        return Err(forged());
    }
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, FORM_LIMIT_BYTES).await.map_err(|_| {
        let detail = "the form cannot be read, or is larger than 64 KiB";
        Problem::bad_request("malformed_body", detail)
    })?;
    if !sent_in(&body).is_some_and(|sent| caller.sent(&sent)) {
        return Err(forged());
    }
    Ok(Request::from_parts(parts, Body::from(body)))
}

/// A page of another site sent it.
pub(super) fn foreign() -> Problem {
    let detail = "this came from no page of this server: the browser's Origin or Sec-Fetch-Site does not say so";
    Problem::new(StatusCode::FORBIDDEN, "foreign_origin", detail)
}

fn forged() -> Problem {
    let detail = "send the page's own token with what changes something: as the form's field `csrf` or the header \
                  X-CSRF-Token. Load the page again if you have logged in anew";
    Problem::new(StatusCode::FORBIDDEN, "csrf", detail)
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

fn sent_in(form: &Bytes) -> Option<String> {
    url::form_urlencoded::parse(form)
        .find_map(|(name, value)| (name == "csrf").then(|| value.into_owned()))
}
