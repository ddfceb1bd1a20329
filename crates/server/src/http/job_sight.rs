//! `GET /api/jobs/{id}/sight`: what the browser shows that works on a job, as this server sees it now.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{
    ApiState, Problem,
    names::{self, RawPath},
    png::png,
    query::Query,
    show_job::find,
};

/// A masked picture (PNG); 204 if no browser of this server works on the job.
pub(super) async fn show(
    State(state): State<ApiState>,
    path: RawPath<String>,
    query: Query,
) -> Result<Response, Problem> {
    query.only(&[])?;
    let job = find(&state, names::job_id(path)?).await?;
    let picture = state.sight.of(job.id).await.map_err(|error| {
        let status = StatusCode::SERVICE_UNAVAILABLE;
        Problem::new(status, "no_picture", error.to_string())
    })?;
    Ok(match picture {
        Some(picture) => png(picture),
        None => StatusCode::NO_CONTENT.into_response(),
    })
}
