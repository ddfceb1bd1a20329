//! `GET /api/questions/{id}/picture`

use axum::{extract::State, response::Response};

use super::{
    ApiState, Problem,
    names::{self, RawPath},
    png::png,
    query::Query,
};

/// The picture, as PNG. It comes from the store alone; no path of the machine is involved.
pub(super) async fn show(
    State(state): State<ApiState>,
    path: RawPath<String>,
    query: Query,
) -> Result<Response, Problem> {
    query.only(&[])?;
    let id = names::question_id(path)?;
    let question = state
        .store
        .question(&id)
        .await?
        .ok_or_else(|| Problem::not_found("question", format!("there is no question {id}")))?;
    if question.picture.is_empty() {
        let detail = format!("question {id} has no picture");
        return Err(Problem::not_found("picture", detail));
    }
    Ok(png(question.picture))
}
