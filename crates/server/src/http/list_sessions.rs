//! `GET /api/sessions`: the sessions of all accounts.

use axum::{Json, extract::State};
use serde::Serialize;

use super::{
    ApiState, Problem,
    query::Query,
    session_view::{SessionView, view},
};

#[derive(Serialize)]
pub(super) struct Sessions {
    sessions: Vec<SessionView>,
}

/// All accounts of the configuration.
pub(super) async fn list(
    State(state): State<ApiState>,
    query: Query,
) -> Result<Json<Sessions>, Problem> {
    query.only(&[])?;
    let mut sessions = Vec::with_capacity(state.accounts.len());
    for key in state.accounts.iter() {
        sessions.push(view(&state, key).await?);
    }
    Ok(Json(Sessions { sessions }))
}
