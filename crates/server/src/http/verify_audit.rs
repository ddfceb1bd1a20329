//! `POST /api/audit/verify`: the audit is proved.

use axum::{Extension, extract::State, http::StatusCode};
use tokio::task::JoinHandle;

use super::{ApiState, Problem};
use crate::access::Caller;

/// Begins a proof. `GET /api/audit/head` has its verdict once it is over.
pub(super) async fn verify(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
) -> Result<StatusCode, Problem> {
    begin(&state, &caller)?;
    Ok(StatusCode::ACCEPTED)
}

/// Begins a proof, and gives its end.
pub(crate) fn begin(state: &ApiState, caller: &Caller) -> Result<JoinHandle<()>, Problem> {
    let Some(turn) = state.audit.take_turn() else {
        return Err(Problem::refused(
            "proof_under_way",
            "the audit is being proved already: its verdict will be in the head",
        ));
    };
    tracing::info!(caller = caller.name, "a person has the audit proved");
    Ok(tokio::spawn(async move {
        if let Err(error) = turn.prove().await {
            tracing::warn!(code = "store_failed", %error, "the audit could not be proved");
        }
    }))
}
