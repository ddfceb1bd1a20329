//! `POST /api/questions/{id}/answer`

use axum::{Extension, body::Bytes, extract::State, http::StatusCode};
use formhand_domain::QuestionId;
use formhand_store::Deed;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    ApiState, Problem, body,
    names::{self, RawPath},
};
use crate::access::Caller;

/// No captcha and no code has more characters.
const LONGEST: usize = 100;

/// What a person answers.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Answer {
    /// The captcha's letters, or the code. Blanks around it do not count.
    #[schemars(length(min = 1, max = LONGEST))]
    answer: String,
}

/// Answers an open question.
pub(crate) async fn answer(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    path: RawPath<String>,
    bytes: Bytes,
) -> Result<StatusCode, Problem> {
    let id = names::question_id(path)?;
    let Answer { answer } = body::read(&bytes)?;
    let answer = answer.trim();
    if !(1..=LONGEST).contains(&answer.chars().count()) || answer.chars().any(char::is_control) {
        let detail = format!("an answer has 1 to {LONGEST} characters");
        return Err(Problem::bad_request("malformed_body", detail));
    }
    if is_open(&state, &id).await? {
        state.note(&caller, Deed::Answer(id.clone())).await?;
    }
    if state.store.answer(&id, answer, state.clock.now()).await? {
        tracing::info!(question = %id, caller = caller.name, "a person answered a question");
        return Ok(StatusCode::NO_CONTENT);
    }
    match state.store.question(&id).await? {
        None => Err(Problem::not_found(
            "question",
            format!("there is no question {id}"),
        )),
        Some(_) => Err(Problem::refused(
            "question_closed",
            "the question was answered already or is too old",
        )),
    }
}

/// Whether there is something to note of an answer.
async fn is_open(state: &ApiState, id: &QuestionId) -> Result<bool, Problem> {
    let now = state.clock.now();
    let question = state.store.question(id).await?;
    Ok(question.is_some_and(|question| question.answer.is_none() && now < question.expires_at))
}
