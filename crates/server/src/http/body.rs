//! Bodies: how much and how slowly they may come, and small JSON ones, strictly.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures_util::TryStreamExt as _;
use serde::de::DeserializeOwned;
use tower_http::timeout::{DeadlineBody, TimeoutBody};

use super::{Problem, ServeLimits, problem::FieldProblem, repeated::repeated_key};

/// About twenty thousand records as CSV.
pub(super) const LIMIT_BYTES: usize = 16 * 1024 * 1024;

/// Ends a body that comes too slowly, be it with pauses or drop by drop, and refuses one that says itself that it is too
/// large. What lies about its size is cut off where it is read.
pub(super) async fn limit(
    State(limits): State<ServeLimits>,
    request: Request,
    next: Next,
) -> Response {
    if says_too_much(request.headers()) {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    let broke_off = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&broke_off);
    let request = request.map(|body| {
        let body = Box::pin(DeadlineBody::new(limits.body, body));
        let body = Body::new(TimeoutBody::new(limits.body_pause, body)).into_data_stream();
        Body::from_stream(body.inspect_err(move |_| flag.store(true, Ordering::Relaxed)))
    });
    let response = next.run(request).await;
    if broke_off.load(Ordering::Relaxed) && response.status().is_client_error() {
        return StatusCode::REQUEST_TIMEOUT.into_response();
    }
    response
}

fn says_too_much(headers: &HeaderMap) -> bool {
    let length = headers.get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    length.is_some_and(|length| length > LIMIT_BYTES as u64)
}

/// The body as a value; no object in it may have a key twice. An empty body is an empty object, where the endpoint needs nothing.
pub(super) fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Problem> {
    let text: &[u8] = if body.is_empty() { b"{}" } else { body };
    if let Some(pointer) = repeated_key(text) {
        let field = FieldProblem::new(pointer, "this key is there twice");
        let problem = Problem::bad_request("malformed_body", "a key of the body is there twice");
        return Err(problem.with_errors(vec![field]));
    }
    serde_json::from_slice(text)
        .map_err(|error| Problem::bad_request("malformed_body", format!("the body: {error}")))
}
