//! `GET /api/jobs/outcomes?from=&until=`: how jobs ended, by hour.

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use formhand_domain::PortalName;
use formhand_store::HourOutcomes;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

use super::{ApiState, Problem, openapi::Time, query::Query};

/// What is shown when the client does not say.
const DEFAULT_SPAN: SignedDuration = SignedDuration::from_hours(24);

/// A leap year: about nine thousand hours, each with a few numbers.
const LONGEST_SPAN: SignedDuration = SignedDuration::from_hours(366 * 24);

/// The hours in which a job ended.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "JobOutcomes")]
pub(super) struct OutcomesView {
    /// The span that was asked for.
    #[schemars(with = "Time")]
    from: Timestamp,
    /// Its end.
    #[schemars(with = "Time")]
    until: Timestamp,
    /// In their order. An hour in which no job ended is left out.
    hours: Vec<Hour>,
}

/// How jobs ended in an hour.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "OutcomesOfHour")]
pub(super) struct Hour {
    /// The full hour (UTC) that it begins with.
    #[schemars(with = "Time")]
    hour: Timestamp,
    /// Jobs by the status that they ended with, of each portal.
    #[schemars(with = "BTreeMap<PortalName, BTreeMap<formhand_domain::Status, u64>>")]
    by_portal: BTreeMap<PortalName, BTreeMap<&'static str, u64>>,
}

/// The hours from that of `from` to the last one that begins before `until`.
pub(super) async fn show(
    State(state): State<ApiState>,
    query: Query,
) -> Result<Json<OutcomesView>, Problem> {
    let query = query.only(&["from", "until"])?;
    let (from, until) = query.span()?;
    let until = until.unwrap_or_else(|| state.clock.now());
    let from = match from {
        Some(from) => from,
        None => until.saturating_sub(DEFAULT_SPAN).unwrap_or(Timestamp::MIN),
    };
    let span = until.duration_since(from);
    if !span.is_positive() || span > LONGEST_SPAN {
        return Err(Problem::bad_request(
            "invalid_parameter",
            "from must be before until, and 366 days before it at most",
        ));
    }
    let found = state.store.outcomes(from, until).await?;
    Ok(Json(OutcomesView {
        from,
        until,
        hours: hours(found),
    }))
}

fn hours(found: Vec<HourOutcomes>) -> Vec<Hour> {
    let mut hours: Vec<Hour> = Vec::new();
    for outcome in found {
        if hours.last().is_none_or(|last| last.hour != outcome.hour) {
            hours.push(Hour {
                hour: outcome.hour,
                by_portal: BTreeMap::new(),
            });
        }
        if let Some(hour) = hours.last_mut() {
            let of_portal = hour.by_portal.entry(outcome.portal).or_default();
            of_portal.insert(outcome.status.as_str(), outcome.jobs);
        }
    }
    hours
}
