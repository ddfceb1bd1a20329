//! `GET /api/webhooks` and `GET /api/webhooks/{name}`: who is told what, and how that goes.

use axum::{Json, extract::State};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{name::find, view::WebhookView};
use crate::http::{ApiState, Problem, Query, RawPath, path_text};

/// All webhooks of the configuration, in its order.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Webhooks")]
pub(crate) struct WebhooksView {
    /// Each of them.
    pub(crate) webhooks: Vec<WebhookView>,
}

/// All of them.
pub(super) async fn list(
    State(state): State<ApiState>,
    query: Query,
) -> Result<Json<WebhooksView>, Problem> {
    query.only(&[])?;
    all(&state).await.map(Json)
}

/// One of them.
pub(super) async fn show(
    State(state): State<ApiState>,
    path: RawPath<String>,
    query: Query,
) -> Result<Json<WebhookView>, Problem> {
    query.only(&[])?;
    let name = &find(&state, &path_text(path)?)?.name;
    let all = all(&state).await?.webhooks;
    let mut found = all.into_iter().filter(|webhook| webhook.name == *name);
    let gone = || Problem::not_found("webhook", format!("there is no webhook {name}"));
    found.next().map(Json).ok_or_else(gone)
}

/// All webhooks as they stand.
pub(crate) async fn all(state: &ApiState) -> Result<WebhooksView, Problem> {
    let known = state.webhooks.known().await?;
    Ok(WebhooksView {
        webhooks: known.into_iter().map(WebhookView::from).collect(),
    })
}
