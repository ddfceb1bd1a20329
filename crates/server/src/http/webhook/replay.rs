//! `POST /api/webhooks/{name}/deliveries/{id}/replay`: one message is sent once more, under the same id.

use axum::{Extension, Json, extract::State, http::StatusCode};
use formhand_store::Deed;

use super::{
    delivery_view::DeliveryView,
    name::{find, no_delivery},
};
use crate::{
    access::Caller,
    http::{ApiState, Problem, RawPath, path_text},
};

/// Has it sent. What becomes of it, the delivery shows.
pub(crate) async fn replay(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    path: RawPath<(String, String)>,
) -> Result<(StatusCode, Json<DeliveryView>), Problem> {
    let (name, id) = path_text(path)?;
    let name = &find(&state, &name)?.name;
    if state.store.delivery(name, &id).await?.is_none() {
        return Err(no_delivery(&id));
    }
    let deed = Deed::Replay {
        webhook: name.clone(),
        what: format!("message {id}"),
    };
    state.note(&caller, deed).await?;
    let replayed = state.webhooks.replay(name, &id).await?;
    let delivery = replayed.ok_or_else(|| no_delivery(&id))?;
    tracing::info!(webhook = %name, message = id, caller = caller.name, "a person replays a message");
    Ok((StatusCode::ACCEPTED, Json(DeliveryView::brief(&delivery))))
}
