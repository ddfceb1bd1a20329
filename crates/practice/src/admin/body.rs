//! What is sent to the admin API, and how it is refused.

use axum::Json;
use axum::http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

pub(super) type Refusal = (StatusCode, Json<Value>);

/// Read by hand, so that the answer to an unknown name is the list of the valid ones.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(refusal)
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
pub(super) fn refusal(error: impl ToString) -> Refusal {
    (
        StatusCode::UNPROCESSABLE_ENTITY,
        Json(json!({"error": error.to_string()})),
    )
}
