//! `GET /api/sessions`: the sessions of all accounts.

use axum::{Json, extract::State};
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    ApiState, Problem,
    query::Query,
    session_view::{SessionView, view},
};

/// The sessions of all accounts.
#[derive(Serialize, JsonSchema)]
pub(super) struct Sessions {
    /// In the order of the configuration.
    sessions: Vec<SessionView>,
}

/// All accounts of the configuration.
pub(super) async fn list(
    State(state): State<ApiState>,
    query: Query,
) -> Result<Json<Sessions>, Problem> {
    query.only(&[])?;
    Ok(Json(Sessions {
        sessions: sessions(&state).await?,
    }))
}

/// The sessions of all accounts of the configuration.
pub(crate) async fn sessions(state: &ApiState) -> Result<Vec<SessionView>, Problem> {
    let mut sessions = Vec::with_capacity(state.accounts.len());
    for key in state.accounts.iter() {
        sessions.push(view(state, key).await?);
    }
    Ok(sessions)
}
