//! `POST /api/jobs/{id}/take-over`: asks for the page. The steps halt at the next safe place between two of them.

use axum::{Extension, Json, body::Bytes, extract::State, http::StatusCode};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    super::{
        ApiState, Problem, body,
        names::{self, RawPath},
        show_job::find,
    },
    TakeOverView, refused, view,
};
use crate::access::Caller;

/// Nothing is said with it: who has a page is who holds the token, and no other name.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "TakeOverAsked")]
pub(in crate::http) struct Nothing {}

/// Asks for it. The answer may still say `asked`.
pub(crate) async fn ask(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    path: RawPath<String>,
    bytes: Bytes,
) -> Result<(StatusCode, Json<TakeOverView>), Problem> {
    let Nothing {} = body::read(&bytes)?;
    let job = find(&state, names::job_id(path)?).await?;
    let asked = state
        .take_overs
        .ask(job.id, &caller.name, state.clock.now());
    if let Err(why) = asked {
        return Err(refused(&state, job.id, why).await);
    }
    tracing::info!(job = %job.id, caller = caller.name, "a person asks for the page");
    Ok((StatusCode::ACCEPTED, Json(view(&state, &job))))
}
