//! `GET /api/audit?after=&limit=`: the audit with what proves it, oldest first.

use axum::{Json, extract::State};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ApiState, LinkView, Problem, query::Query};

/// Entries of a page, at most.
pub(super) const MOST: u32 = 1_000;

/// A page of the audit.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "AuditLinks")]
pub(crate) struct LinksView {
    /// Entries in the order of their numbers.
    pub(crate) links: Vec<LinkView>,
}

/// A page of it.
pub(super) async fn list(
    State(state): State<ApiState>,
    query: Query,
) -> Result<Json<LinksView>, Problem> {
    let query = query.only(&["after", "limit"])?;
    let after = query.seq("after")?.unwrap_or(0);
    let limit = query.number("limit")?.unwrap_or(100);
    if !(1..=MOST).contains(&limit) {
        let detail = format!("limit {limit} is not valid: expected 1 to {MOST}");
        return Err(Problem::bad_request("invalid_parameter", detail));
    }
    let links = state.store.links(after, limit).await?;
    Ok(Json(LinksView {
        links: links.iter().map(LinkView::from).collect(),
    }))
}
