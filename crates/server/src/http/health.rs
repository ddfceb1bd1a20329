//! `GET /livez` and `GET /readyz`, open to everyone who can connect.

use axum::{Json, extract::State, http::StatusCode};
use serde_json::{Value, json};

use super::{ApiState, Problem};

/// The process answers.
pub(super) async fn livez() -> Json<Value> {
    Json(json!({"status": "ok"}))
}

/// Jobs are taken and worked on; otherwise why not.
pub(super) async fn readyz(State(state): State<ApiState>) -> Result<Json<Value>, Problem> {
    let not_ready = |why| Problem::new(StatusCode::SERVICE_UNAVAILABLE, "not_ready", why);
    if state.stop.is_cancelled() {
        return Err(not_ready("the server is stopping".to_owned()));
    }
    if let Err(error) = state.store.next_due_at().await {
        tracing::warn!(code = "store_failed", %error, "not ready");
        return Err(not_ready("the store does not answer".to_owned()));
    }
    match (state.readiness)().await {
        None => Ok(Json(json!({"status": "ok"}))),
        Some(why) => Err(not_ready(why)),
    }
}
