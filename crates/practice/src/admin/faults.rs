//! `/__practice/faults`: GET shows the list, PUT replaces it, POST adds one.

use axum::Json;
use axum::extract::State;
use bytes::Bytes;

use super::body::{Refusal, read, refusal};
use crate::faults::{Fault, FaultSet};
use crate::world::Shared;

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
