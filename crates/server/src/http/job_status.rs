//! `GET /api/job-status/{captchaId}`: the job that answers for a caller's own id.

use axum::{Json, extract::State};

use super::{
    ApiState, JobView, Problem,
    names::{self, RawPath},
    query::Query,
    show_job::whole,
};

/// The one job of that id that is alive or filed, else the newest.
pub(super) async fn show(
    State(state): State<ApiState>,
    path: RawPath<String>,
    query: Query,
) -> Result<Json<JobView>, Problem> {
    query.only(&[])?;
    let id = names::caller_id(path)?;
    let job = state.store.job_of_caller(&id).await?.ok_or_else(|| {
        Problem::not_found(
            "job",
            format!("no job was handed in with the captchaId {id}"),
        )
    })?;
    whole(&state, &job).await.map(Json)
}
