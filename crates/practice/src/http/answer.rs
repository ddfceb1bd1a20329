//! Answers that more than one place gives.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hyper::ext::ReasonPhrase;

/// Marks the answer to a save with the save's ledger number.
#[derive(Clone, Copy)]
pub(crate) struct SaveSeq(pub(crate) u64);

/// 302, as ASP.NET answers.
pub(crate) fn redirect(to: &str) -> Response {
    let location = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::FOUND, [(header::LOCATION, location)]).into_response()
}

/// Sets one cookie more.
pub(crate) fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// The portal's own status 789: the message is in the status text.
pub(crate) fn handled_failure(text: &str) -> Response {
    let status = StatusCode::from_u16(789).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = status.into_response();
    // Without a phrase the network layer would write one of its own.
    if let Ok(reason) = ReasonPhrase::try_from(text.as_bytes().to_vec()) {
        response.extensions_mut().insert(reason);
    }
    response
}
