//! `GET /api/jobs/{id}`

use axum::{Json, extract::State};
use formhand_domain::{Job, JobId};

use super::{
    ApiState, JobView, Problem,
    job_view::HISTORY_LIMIT,
    names::{self, RawPath},
    query::Query,
};

/// The whole view of one job.
pub(super) async fn show(
    State(state): State<ApiState>,
    path: RawPath<String>,
    query: Query,
) -> Result<Json<JobView>, Problem> {
    query.only(&[])?;
    let id = names::job_id(path)?;
    let job = find(&state, id).await?;
    whole(&state, &job).await.map(Json)
}

/// The job of this id, or a problem that says that there is none.
pub(crate) async fn find(state: &ApiState, id: JobId) -> Result<Job, Problem> {
    let job = state.store.job(id).await?;
    job.ok_or_else(|| Problem::not_found("job", format!("there is no job {id}")))
}

/// A job with what the store remembers of it.
pub(super) async fn whole(state: &ApiState, job: &Job) -> Result<JobView, Problem> {
    let history = state.store.history(job.id, HISTORY_LIMIT).await?;
    Ok(JobView::whole(job, &history, evidence(state, job).await))
}

/// What is kept of a job. A folder that cannot be read hides its files, never the job.
async fn evidence(state: &ApiState, job: &Job) -> Vec<String> {
    state.evidence.of(job.id).await.unwrap_or_else(|error| {
        tracing::warn!(job = %job.id, %error, "the evidence folder cannot be read");
        Vec::new()
    })
}
