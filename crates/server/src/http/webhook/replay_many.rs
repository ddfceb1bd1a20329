//! `POST /api/webhooks/{name}/replay`: all events since a time, or of a job, are sent once more.

use axum::{Extension, Json, body::Bytes, extract::State, http::StatusCode};
use formhand_domain::JobId;
use formhand_store::Deed;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::name::find;
use crate::{
    access::Caller,
    http::{ApiState, Problem, RawPath, body, openapi::Time, path_text},
    webhooks::WhichEvents,
};

/// Which events are sent once more: those since a time, or those of a job.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WhichEvents")]
pub(in crate::http) struct Wanted {
    /// Those since this time.
    #[schemars(with = "Option<Time>")]
    since: Option<Timestamp>,
    /// Those of this job.
    job: Option<JobId>,
    /// Where the answer before said that it goes on.
    after: Option<u64>,
}

/// What is sent once more.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Replayed")]
pub(crate) struct ReplayedView {
    /// Messages that are sent, also those that were waiting anyhow.
    pub(crate) replayed: u64,
    /// For the next call's `after`; null when it was all.
    pub(crate) next: Option<u64>,
}

/// Has them sent, a few hundred entries of the audit at a time.
pub(crate) async fn replay_many(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    path: RawPath<String>,
    bytes: Bytes,
) -> Result<(StatusCode, Json<ReplayedView>), Problem> {
    let name = &find(&state, &path_text(path)?)?.name;
    let wanted: Wanted = body::read(&bytes)?;
    let which = match (wanted.since, wanted.job, wanted.after) {
        (Some(since), None, after) => WhichEvents::Since(since, after),
        (None, Some(job), None) => WhichEvents::OfJob(job),
        _ => {
            let detail = "say which: \"since\" with a moment such as \"2026-01-05T09:00:00Z\", or \"job\" with a job's id";
            return Err(Problem::bad_request("malformed_body", detail));
        }
    };
    if let WhichEvents::OfJob(job) = which {
        crate::http::find_job(&state, job).await?;
    }
    if let Some(what) = first_of(which) {
        let webhook = name.clone();
        state.note(&caller, Deed::Replay { webhook, what }).await?;
    }
    let replayed = state.webhooks.replay_many(name, which).await?;
    tracing::info!(webhook = %name, messages = replayed.count, caller = caller.name, "a person replays messages");
    let view = ReplayedView {
        replayed: replayed.count,
        next: replayed.next,
    };
    Ok((StatusCode::ACCEPTED, Json(view)))
}

/// What is sent once more, if this is not the next call for the same.
fn first_of(which: WhichEvents) -> Option<String> {
    match which {
        WhichEvents::OfJob(job) => Some(format!("job {job}")),
        WhichEvents::Since(since, None) => Some(format!("since {since}")),
        WhichEvents::Since(_, Some(_)) => None,
    }
}
