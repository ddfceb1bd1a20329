//! `GET /api/webhooks/{name}/deliveries/{id}`: one message, with what is sent and its tries.

use axum::{Json, extract::State};

use super::{
    delivery_view::DeliveryView,
    name::{find, no_delivery},
};
use crate::http::{ApiState, Problem, Query, RawPath, path_text};

/// One delivery.
pub(super) async fn show(
    State(state): State<ApiState>,
    path: RawPath<(String, String)>,
    query: Query,
) -> Result<Json<DeliveryView>, Problem> {
    query.only(&[])?;
    let (name, id) = path_text(path)?;
    let name = &find(&state, &name)?.name;
    let found = state.store.delivery(name, &id).await?;
    let delivery = found.ok_or_else(|| no_delivery(&id))?;
    Ok(Json(DeliveryView::whole(&delivery)))
}
