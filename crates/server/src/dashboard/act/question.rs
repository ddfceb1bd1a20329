//! `POST /questions/{id}/answer`

use axum::{Extension, body::Bytes, extract::State};
use serde_json::Value;

use super::{
    super::problem::Page,
    back,
    form::{Fields, body},
};
use crate::{
    access::Caller,
    http::{ApiState, RawPath, answer_question},
};

/// Hands the answer on, and shows what is left.
pub(crate) async fn act(
    state: State<ApiState>,
    caller: Extension<Caller>,
    path: RawPath<String>,
    bytes: Bytes,
) -> Page {
    let fields = Fields::read(&bytes);
    let answer = fields.get("answer").unwrap_or_default();
    let said = body([("answer", Some(Value::from(answer)))]);
    answer_question(state, caller, path, said).await?;
    Ok(back("/questions", "answered"))
}
