//! `POST /api/jobs/{id}/take-over/end`: hands the page back.

use axum::{Extension, Json, body::Bytes, extract::State};
use formhand_engine::HowToEnd;
use serde::Deserialize;

use super::{
    super::{
        ApiState, Problem, body,
        names::{self, RawPath},
        show_job::find,
        wish::line,
    },
    TakeOverView, refused, view,
};
use crate::access::Caller;

/// What the person says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct End {
    how: How,
    /// Why, of giving up.
    reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum How {
    GoOn,
    TryAgain,
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
