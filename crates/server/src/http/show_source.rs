//! `GET /api/intake/{name}`: one source.

use axum::{Json, extract::State};

use super::{
    ApiState, Problem,
    names::{self, RawPath},
    query::Query,
    source_view::SourceView,
};

/// One of them.
pub(super) async fn show(
    State(state): State<ApiState>,
    path: RawPath<String>,
    query: Query,
) -> Result<Json<SourceView>, Problem> {
    query.only(&[])?;
    let name = names::source(path)?;
    let status = state.sources.show(&name).await?;
    Ok(Json(SourceView::of(status, state.sources.node())))
}
