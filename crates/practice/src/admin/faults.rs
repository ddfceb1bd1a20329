//! `/__practice/faults`: GET shows the list, PUT replaces it, POST adds one.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::faults::{Fault, FaultSet};
use crate::world::Shared;

type Refusal = (StatusCode, Json<Value>);

pub(crate) async fn show(State(world): State<Shared>) -> Json<Vec<Fault>> {
    Json(world.lock().faults.list())
}

pub(crate) async fn replace(
    State(world): State<Shared>,
    body: Bytes,
) -> Result<Json<Vec<Fault>>, Refusal> {
    let set = FaultSet::new(read(&body)?).map_err(refusal)?;
    let mut inner = world.lock();
    inner.faults = set;
    Ok(Json(inner.faults.list()))
}

pub(crate) async fn add(
    State(world): State<Shared>,
    body: Bytes,
) -> Result<Json<Vec<Fault>>, Refusal> {
    let fault: Fault = read(&body)?;
    let mut inner = world.lock();
    inner.faults.add(fault).map_err(refusal)?;
    Ok(Json(inner.faults.list()))
}

/// Read by hand, so that the answer to an unknown name is the list of the valid ones.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(refusal)
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
fn refusal(error: impl ToString) -> Refusal {
    (
        StatusCode::UNPROCESSABLE_ENTITY,
        Json(json!({"error": error.to_string()})),
    )
}
