//! `POST /api/webhooks/{name}/enable`: one that has answered 410 Gone is told again.

use axum::{Extension, Json, body::Bytes, extract::State, http::StatusCode};
use formhand_store::Deed;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{list::all, name::find, view::WebhookView};
use crate::{
    access::Caller,
    http::{ApiState, Problem, RawPath, body, path_text},
};

/// How it is switched on.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schemars(rename = "WebhookEnabling")]
pub(in crate::http) struct Wanted {
    /// Leaves out what happened while it was off. What was waiting before is sent all the same.
    #[serde(default)]
    skip_missed: bool,
}

/// Switches it on, and gives it as it stands then.
pub(crate) async fn enable(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    path: RawPath<String>,
    bytes: Bytes,
) -> Result<Json<WebhookView>, Problem> {
    let setup = find(&state, &path_text(path)?)?;
    let (name, wanted): (_, Wanted) = (&setup.name, body::read(&bytes)?);
    if !setup.enabled {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "webhook_disabled",
            format!(
                "webhook {name} is not enabled in the configuration: take enabled = false out of its block"
            ),
        ));
    }
    let deed = Deed::EnableWebhook(name.clone());
    state.note(&caller, deed).await?;
    state.webhooks.enable(name, wanted.skip_missed).await?;
    tracing::info!(webhook = %name, skip_missed = wanted.skip_missed, caller = caller.name, "a person switches a webhook on");
    let mut all = all(&state).await?.webhooks.into_iter();
    let gone = || Problem::not_found("webhook", format!("there is no webhook {name}"));
    all.find(|one| one.name == *name).map(Json).ok_or_else(gone)
}
