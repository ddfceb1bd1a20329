//! `GET /api/audit/head`: how far the audit is, and what its last proof came to.

use axum::{Json, extract::State};
use formhand_store::Head;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ApiState, Problem, query::Query};
use crate::audit::Verdict;

/// How far the audit is.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "AuditHead")]
pub(crate) struct HeadView {
    /// The number of the last entry; 0 if there is none.
    pub(crate) seq: u64,
    /// The link of the last entry, as hexadecimal digits; null if there is none.
    pub(crate) link: Option<String>,
    /// What the last proof came to; null before the first.
    pub(crate) verdict: Option<Verdict>,
    /// Whether this server proves the audit at present.
    pub(crate) proving: bool,
}

impl HeadView {
    /// The head itself.
    pub(crate) fn head(&self) -> Option<Head> {
        let link = self.link.as_ref()?.parse().ok()?;
        Some(Head {
            seq: self.seq,
            link,
        })
    }
}

/// How far it is.
pub(super) async fn show(
    State(state): State<ApiState>,
    query: Query,
) -> Result<Json<HeadView>, Problem> {
    query.only(&[])?;
    head(&state).await.map(Json)
}

/// How far it is.
pub(crate) async fn head(state: &ApiState) -> Result<HeadView, Problem> {
    let head = state.store.head().await?;
    Ok(HeadView {
        seq: head.map_or(0, |head| head.seq),
        link: head.map(|head| head.link.to_string()),
        verdict: state.audit.verdict().await?,
        proving: state.audit.is_proving(),
    })
}
