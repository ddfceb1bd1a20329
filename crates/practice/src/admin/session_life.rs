//! `/__practice/session-life`: GET shows what the next login draws its life from, PUT replaces it; `null` is none.

use axum::Json;
use axum::extract::State;
use bytes::Bytes;

use super::body::{Refusal, read, refusal};
use crate::session::SessionLife;
use crate::world::Shared;

pub(crate) async fn show(State(world): State<Shared>) -> Json<Option<SessionLife>> {
    Json(world.lock().session_life)
}

pub(crate) async fn replace(
    State(world): State<Shared>,
    body: Bytes,
) -> Result<Json<Option<SessionLife>>, Refusal> {
    let life: Option<SessionLife> = read(&body)?;
    world.set_session_life(life).map_err(refusal)?;
    Ok(Json(life))
}
