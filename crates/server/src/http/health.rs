//! `GET /livez` and `GET /readyz`, open to everyone who can connect.

use axum::{Json, extract::State, http::StatusCode};
use schemars::JsonSchema;
use serde::Serialize;

use super::{ApiState, Problem};

/// It is well. Otherwise the answer is a problem.
#[derive(Serialize, JsonSchema)]
pub(super) struct Health {
    /// Always `ok`.
    #[schemars(extend("const" = "ok"))]
    status: &'static str,
}

const WELL: Health = Health { status: "ok" };

/// The process answers.
pub(super) async fn livez() -> Json<Health> {
    Json(WELL)
}

/// Jobs are taken and worked on; otherwise why not.
pub(super) async fn readyz(State(state): State<ApiState>) -> Result<Json<Health>, Problem> {
    let not_ready = |why| Problem::new(StatusCode::SERVICE_UNAVAILABLE, "not_ready", why);
    if state.stop.is_cancelled() {
        return Err(not_ready("the server is stopping".to_owned()));
    }
    if let Err(error) = state.store.next_due_at().await {
        tracing::warn!(code = "store_failed", %error, "not ready");
        return Err(not_ready("the store does not answer".to_owned()));
    }
    match (state.readiness)().await {
        None => Ok(Json(WELL)),
        Some(why) => Err(not_ready(why)),
    }
}
