//! `GET /api/jobs/stats`

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use formhand_domain::{PortalName, Status};
use formhand_store::{Counts, Stats};
use schemars::JsonSchema;
use serde::Serialize;

use super::{ApiState, Problem, query::Query};

/// How many jobs there are.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "JobStats")]
pub(super) struct StatsView {
    /// Every status, also with zero.
    #[schemars(with = "BTreeMap<Status, u64>", extend("propertyNames" = {"$ref": "#/components/schemas/Status"}))]
    by_status: BTreeMap<&'static str, u64>,
    /// All jobs.
    total: u64,
    /// Of those with `failed_login_form`, the ones that are tried again.
    waiting_for_retry: u64,
    /// The share of filed jobs among those that ended; null when none did.
    success_rate: Option<f64>,
    /// The same of each portal that has a job.
    by_portal: BTreeMap<PortalName, PortalStats>,
}

/// How many jobs of a portal there are.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct PortalStats {
    #[serde(flatten)]
    counts: CountsView,
    /// The same of each account that has a job.
    by_account: BTreeMap<String, CountsView>,
}

/// Counts of a portal or an account.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "JobCounts")]
pub(super) struct CountsView {
    /// Every status, also with zero.
    #[schemars(with = "BTreeMap<Status, u64>", extend("propertyNames" = {"$ref": "#/components/schemas/Status"}))]
    by_status: BTreeMap<&'static str, u64>,
    /// All jobs.
    total: u64,
    /// Of those with `failed_login_form`, the ones that are tried again.
    waiting_for_retry: u64,
    /// The share of filed jobs among those that ended; null when none did.
    success_rate: Option<f64>,
}

impl CountsView {
    fn of(counts: &Counts) -> Self {
        Self {
            by_status: named(&counts.by_status),
            total: counts.total(),
            waiting_for_retry: counts.waiting_for_retry,
            success_rate: counts.success_rate(),
        }
    }
}

/// Counts every status.
pub(super) async fn show(
    State(state): State<ApiState>,
    query: Query,
) -> Result<Json<StatsView>, Problem> {
    query.only(&[])?;
    let counted = state.store.stats().await?;
    Ok(Json(StatsView {
        by_status: named(&counted.by_status),
        total: counted.total(),
        waiting_for_retry: counted.waiting_for_retry,
        success_rate: counted.success_rate(),
        by_portal: by_portal(&counted),
    }))
}

fn by_portal(counted: &Stats) -> BTreeMap<PortalName, PortalStats> {
    let portals = counted.by_portal().into_iter().map(|(portal, counts)| {
        let accounts = counted.by_account.iter();
        let of_portal = accounts.filter(|(account, _)| account.portal == portal);
        let by_account = of_portal
            .map(|(account, counts)| (account.account.to_string(), CountsView::of(counts)))
            .collect();
        let counts = CountsView::of(&counts);
        (portal, PortalStats { counts, by_account })
    });
    portals.collect()
}

fn named(by_status: &BTreeMap<Status, u64>) -> BTreeMap<&'static str, u64> {
    let count = |status: &Status| by_status.get(status).copied().unwrap_or(0);
    Status::ALL
        .iter()
        .map(|status| (status.as_str(), count(status)))
        .collect()
}
