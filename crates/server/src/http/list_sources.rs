//! `GET /api/intake`: the collections that records are taken from.

use axum::{Json, extract::State};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ApiState, Problem, query::Query, source_view::SourceView};

/// Sources of records.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Sources")]
pub(crate) struct SourcesView {
    /// All of them.
    pub(crate) sources: Vec<SourceView>,
}

/// All of this server's configuration, and of the store.
pub(super) async fn list(
    State(state): State<ApiState>,
    query: Query,
) -> Result<Json<SourcesView>, Problem> {
    query.only(&[])?;
    Ok(Json(SourcesView {
        sources: sources(&state).await?,
    }))
}

/// The sources of this server's configuration, and of the store.
pub(crate) async fn sources(state: &ApiState) -> Result<Vec<SourceView>, Problem> {
    let sources = state.sources.list().await?.into_iter();
    let node = state.sources.node();
    Ok(sources.map(|status| SourceView::of(status, node)).collect())
}
