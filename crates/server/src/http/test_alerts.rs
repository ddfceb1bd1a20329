//! `POST /api/alerts/test`: a message that says that nothing is the matter, through one channel or all of them.

use axum::{Json, body::Bytes, extract::State, http::StatusCode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ApiState, Problem, body};
use crate::alerts::Tried;

/// Which channel; all of them if not said.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "AlertTestRequest")]
pub(super) struct Which {
    /// Its name in the configuration.
    channel: Option<String>,
}

/// What became of it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "AlertTest")]
pub(crate) struct TriedView {
    /// Each channel that was tried.
    pub(crate) channels: Vec<TriedChannel>,
}

/// What became of it in one channel.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "TestedChannel")]
pub(crate) struct TriedChannel {
    /// Its name in the configuration.
    pub(crate) name: String,
    /// `mail`, `slack` or `webhook`.
    #[schemars(extend("enum" = ["mail", "slack", "webhook"]))]
    pub(crate) kind: String,
    /// Whether the channel has taken it.
    pub(crate) delivered: bool,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) said: Option<String>,
}

/// Sends it from this server, and waits for what the channels say.
pub(crate) async fn test(
    State(state): State<ApiState>,
    bytes: Bytes,
) -> Result<Json<TriedView>, Problem> {
    let which: Which = body::read(&bytes)?;
    let names: Vec<&str> = state
        .alerts
        .channels()
        .iter()
        .map(crate::alerts::Channel::name)
        .collect();
    if names.is_empty() {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "no_channel",
            "no channel is configured: add an [[alerts.mail]], [[alerts.slack]] or [[alerts.webhook]] block",
        ));
    }
    let asked = which.channel.as_deref();
    if let Some(unknown) = asked.filter(|asked| !names.contains(asked)) {
        let shown: String = unknown.chars().take(40).collect();
        let detail = format!(
            "there is no channel {shown:?}; there is {}",
            names.join(", ")
        );
        return Err(Problem::not_found("channel", detail));
    }
    let tried = state.alerts.test(asked).await;
    tracing::info!(channels = tried.len(), "a person tests the alert channels");
    let channels = tried.into_iter().map(view).collect();
    Ok(Json(TriedView { channels }))
}

fn view(tried: Tried) -> TriedChannel {
    TriedChannel {
        name: tried.channel,
        kind: tried.kind.to_owned(),
        delivered: tried.result.is_ok(),
        said: tried.result.err().map(|error| error.to_string()),
    }
}
