//! `GET /api/jobs/stats`

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use formhand_domain::Status;
use serde::Serialize;

use super::{ApiState, Problem, query::Query};

/// How many jobs there are.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StatsView {
    /// Every status, also with zero.
    by_status: BTreeMap<&'static str, u64>,
    /// All jobs.
    total: u64,
    /// Of those with `failed_login_form`, the ones that are tried again.
    waiting_for_retry: u64,
    /// The share of filed jobs among those that ended; null when none did.
    success_rate: Option<f64>,
}

/// Counts every status.
pub(super) async fn show(
    State(state): State<ApiState>,
    query: Query,
) -> Result<Json<StatsView>, Problem> {
    query.only(&[])?;
    let counted = state.store.stats().await?;
    let count = |status: &Status| counted.by_status.get(status).copied().unwrap_or(0);
    Ok(Json(StatsView {
        by_status: Status::ALL
            .iter()
            .map(|status| (status.as_str(), count(status)))
            .collect(),
        total: counted.total(),
        waiting_for_retry: counted.waiting_for_retry,
        success_rate: counted.success_rate(),
    }))
}
