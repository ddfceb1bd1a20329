//! `POST /__practice/sessions/expire`, `/release` and `/reset`.

use axum::Json;
use axum::extract::{Query, State};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::ledger::EndReason;
use crate::world::Shared;

#[derive(Deserialize)]
pub(crate) struct Whose {
    user: Option<String>,
}

pub(crate) async fn expire(State(world): State<Shared>, Query(whose): Query<Whose>) -> Json<Value> {
    let expired = world.expire_sessions(whose.user.as_deref(), EndReason::Admin);
    Json(json!({"expired": expired}))
}

pub(crate) async fn release(State(world): State<Shared>) -> Json<Value> {
    world.ledger.release();
    Json(json!({"released": true}))
}

pub(crate) async fn reset(State(world): State<Shared>) -> Json<Value> {
    world.reset();
    Json(json!({"reset": true}))
}
