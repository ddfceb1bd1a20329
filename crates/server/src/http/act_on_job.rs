//! `POST /api/jobs/{id}/retry`, `cancel`, `hold` and `release`: a person's wishes.
//!
//! The domain decides whether the job takes them; here they are only carried.

use axum::{Extension, Json, body::Bytes, extract::State};
use formhand_domain::JobEvent;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    ApiState, JobView, Problem, body,
    names::{self, RawPath},
    show_job::whole,
    wish::{LINE, line, person},
};
use crate::access::Caller;

/// What a person may want of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// Another attempt of a job that was not filed.
    Retry,
    /// The end of a job that waits.
    Cancel,
    /// That a waiting job is not worked on.
    Hold,
    /// That a held job goes on.
    Release,
}

impl Action {
    /// It, as the domain takes it. The reason is for the job's history.
    pub(super) fn event(self, reason: Option<String>) -> JobEvent {
        match self {
            Self::Retry => JobEvent::Retry,
            Self::Cancel => JobEvent::Cancel {
                reason: reason.unwrap_or_else(|| "no reason given".to_owned()),
            },
            Self::Hold => JobEvent::Hold,
            Self::Release => JobEvent::Unhold,
        }
    }
}

/// What a person may say with it.
#[derive(Deserialize, Default, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "JobWish")]
pub(super) struct Wish {
    /// Who, as the audit shows it.
    #[schemars(length(min = 1, max = 500), extend("pattern" = LINE))]
    by: Option<String>,
    /// Why.
    #[schemars(length(min = 1, max = 500), extend("pattern" = LINE))]
    reason: Option<String>,
}

/// Another attempt of a job that was not filed.
pub(crate) async fn retry(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    path: RawPath<String>,
    bytes: Bytes,
) -> Result<Json<JobView>, Problem> {
    act(&state, &caller, path, &bytes, Action::Retry).await
}

/// Ends a job that waits.
pub(crate) async fn cancel(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    path: RawPath<String>,
    bytes: Bytes,
) -> Result<Json<JobView>, Problem> {
    act(&state, &caller, path, &bytes, Action::Cancel).await
}

/// Keeps a waiting job from being worked on.
pub(crate) async fn hold(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    path: RawPath<String>,
    bytes: Bytes,
) -> Result<Json<JobView>, Problem> {
    act(&state, &caller, path, &bytes, Action::Hold).await
}

/// Lets a held job go on.
pub(crate) async fn release(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    path: RawPath<String>,
    bytes: Bytes,
) -> Result<Json<JobView>, Problem> {
    act(&state, &caller, path, &bytes, Action::Release).await
}

async fn act(
    state: &ApiState,
    caller: &Caller,
    path: RawPath<String>,
    bytes: &Bytes,
    action: Action,
) -> Result<Json<JobView>, Problem> {
    let id = names::job_id(path)?;
    let wish: Wish = body::read(bytes)?;
    let writer = person(caller, wish.by)?;
    let event = action.event(line("reason", wish.reason)?);
    let what = event.name();
    let job = state
        .store
        .apply(id, writer, event, state.clock.now())
        .await?;
    tracing::info!(job = %id, event = what, caller = caller.name, "a person acted on a job");
    whole(state, &job).await.map(Json)
}
