//! `GET /api/sessions/{portal}/{name}`: one session and what happened to it.

use axum::{Json, extract::State};
use formhand_store::SessionHistoryFilter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    ApiState, Problem, account,
    names::{self, RawPath},
    query::Query,
    session_page,
    session_view::{SessionEntryView, SessionView, view},
};

/// A session with a page of its history, newest first.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct SessionWithHistory {
    /// The session.
    pub(crate) session: SessionView,
    /// What happened to it, newest first.
    pub(crate) history: Vec<SessionEntryView>,
    /// For the next page's `before`; null on the last one.
    pub(crate) next: Option<u64>,
}

/// One session.
pub(super) async fn show(
    State(state): State<ApiState>,
    path: RawPath<(String, String)>,
    query: Query,
) -> Result<Json<SessionWithHistory>, Problem> {
    let query = query.only(&["before", "limit"])?;
    let (portal, name) = names::text(path)?;
    let key = account::find(&state, &portal, &name)?;
    let filter = SessionHistoryFilter {
        account: Some(key.clone()),
        events: Vec::new(),
    };
    let (history, next) = session_page::read(&state, &query, filter).await?;
    Ok(Json(SessionWithHistory {
        session: view(&state, key).await?,
        history,
        next,
    }))
}
