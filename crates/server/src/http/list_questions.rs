//! `GET /api/questions`: what waits for a person.

use axum::{Json, extract::State};
use formhand_domain::{AccountKey, QuestionId};
use formhand_store::{Question, QuestionKind};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::{ApiState, Problem, openapi::Time, query::Query};

/// A question without its picture.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Question")]
pub(super) struct QuestionView {
    /// Its identity.
    id: QuestionId,
    /// What is asked.
    kind: QuestionKind,
    /// The account that it is about.
    account: AccountKey,
    /// When it was asked.
    #[schemars(with = "Time")]
    asked_at: Timestamp,
    /// When an answer is of no use any more.
    #[schemars(with = "Time")]
    expires_at: Timestamp,
    /// Where its picture is, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    picture: Option<String>,
}

/// What waits for a person.
#[derive(Serialize, JsonSchema)]
pub(super) struct Questions {
    /// All open questions.
    questions: Vec<QuestionView>,
}

/// All open questions.
pub(super) async fn list(
    State(state): State<ApiState>,
    query: Query,
) -> Result<Json<Questions>, Problem> {
    query.only(&[])?;
    let open = state.store.open_questions(state.clock.now()).await?;
    Ok(Json(Questions {
        questions: open.into_iter().map(view).collect(),
    }))
}

fn view(question: Question) -> QuestionView {
    QuestionView {
        picture: (!question.picture.is_empty())
            .then(|| format!("/api/questions/{}/picture", question.id)),
        id: question.id,
        kind: question.kind,
        account: question.account,
        asked_at: question.asked_at,
        expires_at: question.expires_at,
    }
}
