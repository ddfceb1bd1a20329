//! `GET /api/jobs/{id}/take-over`: who has the page, until when, and what was refused.

use axum::{Json, extract::State};

use super::{
    super::{
        ApiState, Problem,
        names::{self, RawPath},
        query::Query,
        show_job::find,
    },
    TakeOverView, view,
};

/// How it stands.
pub(crate) async fn show(
    State(state): State<ApiState>,
    path: RawPath<String>,
    query: Query,
) -> Result<Json<TakeOverView>, Problem> {
    query.only(&[])?;
    let job = find(&state, names::job_id(path)?).await?;
    Ok(Json(view(&state, &job)))
}
