//! `POST /api/jobs/{id}/verify`: a person wants the portal searched for a job of unknown outcome now.

use axum::{Extension, Json, body::Bytes, extract::State};
use formhand_domain::JobEvent;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    ApiState, JobView, Problem, body,
    names::{self, RawPath},
    show_job::{find, whole},
    wish::{LINE, person},
};
use crate::access::Caller;

/// What the person says with it.
#[derive(Deserialize, Default, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "VerifyWish")]
pub(super) struct Wish {
    /// Who, as the audit shows it.
    #[schemars(length(min = 1, max = 500), extend("pattern" = LINE))]
    by: Option<String>,
}

/// Notes the wish. The server that has the portal's account searches.
pub(crate) async fn verify(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    path: RawPath<String>,
    bytes: Bytes,
) -> Result<Json<JobView>, Problem> {
    let id = names::job_id(path)?;
    let wish: Wish = body::read(&bytes)?;
    let writer = person(&caller, wish.by)?;
    let job = find(&state, id).await?;
    if state.flow_of(&job).is_none_or(|flow| flow.verify.is_none()) {
        let why = format!(
            "portal {} cannot be searched for flow {}: its definition has no `verify`, or it is off; \
             look yourself, and say `job resolve`",
            job.portal, job.flow
        );
        return Err(Problem::refused("no_search", why));
    }
    let now = state.clock.now();
    let job = state.store.apply(id, writer, JobEvent::Verify, now).await?;
    tracing::info!(job = %id, caller = caller.name, "a person wants the portal searched for a job");
    whole(&state, &job).await.map(Json)
}
