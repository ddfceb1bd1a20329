//! Errors that the framework answers by itself get the shape of all others.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{Problem, headers::is_page, problem::MEDIA_TYPE};

/// Replaces a bare error by a problem and keeps what else the answer says, such as `Allow`. A page says what is wrong by
/// itself.
pub(super) async fn as_problem(response: Response) -> Response {
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    let is_problem = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes() == MEDIA_TYPE.as_bytes());
    if !is_error || is_problem || is_page(&response) {
        return response;
    }
    let (code, detail) = words(status);
    let mut replaced = Problem::new(status, code, detail).into_response();
    if let Some(allow) = response.headers().get(header::ALLOW) {
        replaced.headers_mut().insert(header::ALLOW, allow.clone());
    }
    replaced
}

fn words(status: StatusCode) -> (&'static str, &'static str) {
    match status {
        StatusCode::NOT_FOUND => ("route_not_found", "there is nothing at this address"),
        StatusCode::METHOD_NOT_ALLOWED => (
            "method_not_allowed",
            "this address does not take this method; see the Allow header",
        ),
        StatusCode::REQUEST_TIMEOUT => (
            "timed_out",
            "it took too long; ask again, with the same Idempotency-Key for a submit",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => (
            "too_large",
            "a request holds at most 16 MiB; send the records in several requests",
        ),
        status if status.is_client_error() => ("bad_request", "the request cannot be read"),
        _ => (
            "internal",
            "something failed inside; the server's log says what",
        ),
    }
}
