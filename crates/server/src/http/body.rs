//! Small JSON bodies, strictly.

use axum::body::Bytes;
use serde::de::DeserializeOwned;

use super::Problem;

/// The body as a value. An empty body is an empty object, where the endpoint needs nothing.
pub(super) fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Problem> {
    let text: &[u8] = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(text)
        .map_err(|error| Problem::bad_request("malformed_body", format!("the body: {error}")))
}
