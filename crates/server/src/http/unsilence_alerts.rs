//! `DELETE /api/alerts/silences/{id}`: something is told again.

use axum::{Extension, extract::State, http::StatusCode};
use formhand_store::Deed;

use super::{
    ApiState, Problem,
    names::{self, RawPath},
};
use crate::access::Caller;

/// Ends a silence.
pub(crate) async fn unsilence(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    path: RawPath<String>,
) -> Result<StatusCode, Problem> {
    let id = names::text(path)?;
    let book = state.alerts.book().await?;
    if book.silences.iter().any(|silence| silence.id == id) {
        state.note(&caller, Deed::Unsilence(id.clone())).await?;
    }
    if state.alerts.unsilence(&id).await? {
        tracing::info!(
            silence = id,
            caller = caller.name,
            "a person ends a silence"
        );
        return Ok(StatusCode::NO_CONTENT);
    }
    let shown: String = id.chars().take(40).collect();
    Err(Problem::not_found(
        "silence",
        format!("there is no silence {shown:?}"),
    ))
}
