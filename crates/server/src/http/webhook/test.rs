//! `POST /api/webhooks/{name}/test`: a message that says that nothing has happened.

use axum::{Extension, Json, extract::State};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{delivery_view::TryView, name::find};
use crate::{
    access::Caller,
    http::{ApiState, Problem, RawPath, path_text},
    webhooks::TriedResult,
};

/// What became of a test.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "WebhookTest")]
pub(crate) struct TestedWebhook {
    /// Whether the webhook has taken it.
    pub(crate) delivered: bool,
    /// The try. There is no other.
    #[serde(rename = "try")]
    pub(crate) tried: TryView,
}

/// Sends it from this server, and waits for the answer.
pub(crate) async fn test(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    path: RawPath<String>,
) -> Result<Json<TestedWebhook>, Problem> {
    let name = &find(&state, &path_text(path)?)?.name;
    let tried = state.webhooks.test(name).await;
    let tried = tried
        .ok_or_else(|| Problem::not_found("webhook", format!("there is no webhook {name}")))?;
    tracing::info!(webhook = %name, caller = caller.name, "a person tests a webhook");
    Ok(Json(TestedWebhook {
        delivered: tried.result == TriedResult::Taken,
        tried: (&tried.noted).into(),
    }))
}
