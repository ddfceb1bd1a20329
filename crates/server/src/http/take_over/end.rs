//! `POST /api/jobs/{id}/take-over/end`: hands the page back.

use axum::{Extension, Json, body::Bytes, extract::State};
use formhand_engine::HowToEnd;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    super::{
        ApiState, Problem, body,
        names::{self, RawPath},
        show_job::find,
        wish::{LINE, line},
    },
    TakeOverView, refused, view,
};
use crate::access::Caller;

/// How a page is handed back.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "TakeOverEnd")]
pub(in crate::http) struct End {
    /// What follows.
    how: How,
    /// Why, of giving up.
    #[schemars(length(min = 1, max = 500), extend("pattern" = LINE))]
    reason: Option<String>,
}

/// What follows when a page is handed back.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "TakeOverEnding")]
enum How {
    /// The steps go on where they halted.
    GoOn,
    /// The step that failed is tried again.
    TryAgain,
    /// The attempt ends, and the job is held.
    GiveUp,
}

/// Hands it back; before the steps have halted, `go_on` takes back that it was asked for.
pub(crate) async fn end(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    path: RawPath<String>,
    bytes: Bytes,
) -> Result<Json<TakeOverView>, Problem> {
    let end: End = body::read(&bytes)?;
    let how = match (end.how, line("reason", end.reason)?) {
        (How::GoOn, None) => HowToEnd::GoOn,
        (How::TryAgain, None) => HowToEnd::TryAgain,
        (How::GiveUp, Some(reason)) => HowToEnd::GiveUp { reason },
        (How::GiveUp, None) => {
            let detail = "whoever gives up says why: `reason`";
            return Err(Problem::bad_request("malformed_body", detail));
        }
        (_, Some(_)) => {
            let detail = "`reason` is said only of `give_up`";
            return Err(Problem::bad_request("malformed_body", detail));
        }
    };
    let job = find(&state, names::job_id(path)?).await?;
    if let Err(why) = state.take_overs.end(job.id, &caller.name, how).await {
        return Err(refused(&state, job.id, why).await);
    }
    tracing::info!(job = %job.id, caller = caller.name, "a person hands the page back");
    Ok(Json(view(&state, &job)))
}
