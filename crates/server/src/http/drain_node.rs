//! `POST /api/nodes/{id}/drain` and `…/resume`: a server takes no more work, or takes part again.

use axum::{Extension, extract::State, http::StatusCode};
use formhand_store::Deed;

use super::{
    ApiState, Problem,
    names::{self, RawPath},
};
use crate::access::Caller;

/// It finishes what it has, hands its sessions over, and takes nothing more.
pub(crate) async fn drain(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    path: RawPath<String>,
) -> Result<StatusCode, Problem> {
    ask(&state, &caller, path, true).await
}

/// It takes part again.
pub(crate) async fn resume(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    path: RawPath<String>,
) -> Result<StatusCode, Problem> {
    ask(&state, &caller, path, false).await
}

async fn ask(
    state: &ApiState,
    caller: &Caller,
    path: RawPath<String>,
    drain: bool,
) -> Result<StatusCode, Problem> {
    let id = names::node_id(path)?;
    let nodes = state.store.nodes().await?;
    if nodes.iter().any(|node| node.entry.id == id) {
        let deed = if drain { Deed::Drain } else { Deed::Resume };
        state.note(caller, deed(id.clone())).await?;
    }
    if state.store.drain_node(&id, drain).await? {
        tracing::info!(node = %id, drain, caller = caller.name, "a person drains a server, or lets it work again");
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::not_found(
            "node",
            format!("there is no server {id}"),
        ))
    }
}
