//! `POST /api/jobs/{id}/resolve`: a person has found out whether a job of unknown outcome was filed.

use axum::{Extension, Json, body::Bytes, extract::State};
use formhand_domain::JobEvent;

use super::{
    ApiState, JobView, Problem, body,
    finding::Finding,
    names::{self, RawPath},
    show_job::{find, whole},
    wish::person,
};
use crate::access::Caller;

/// Settles it. The domain decides whether the job takes that.
pub(crate) async fn resolve(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    path: RawPath<String>,
    bytes: Bytes,
) -> Result<Json<JobView>, Problem> {
    let id = names::job_id(path)?;
    let mut finding: Finding = body::read(&bytes)?;
    let writer = person(&caller, finding.by.take())?;
    let job = find(&state, id).await?;
    let settlement = finding.settlement(&state, &job)?;
    let event = JobEvent::Settle { settlement };
    let what = event.name();
    let now = state.clock.now();
    let job = state.store.apply(id, writer, event, now).await?;
    tracing::info!(job = %id, caller = caller.name, event = what, "a person settled a job");
    whole(&state, &job).await.map(Json)
}
