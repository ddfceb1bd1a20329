//! `POST /api/intake/{name}/quarantine/drop`: documents that could not be taken are forgotten.

use axum::{Extension, Json, body::Bytes, extract::State};
use formhand_store::{Deed, DocumentId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    ApiState, Problem, body,
    names::{self, RawPath},
};
use crate::access::Caller;

/// Which: a document, or all of them.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "QuarantineDrop")]
pub(super) struct Which {
    /// The id of one document, as the quarantine shows it.
    document: Option<String>,
    /// All of them.
    #[serde(default)]
    all: bool,
}

/// How many there were.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Dropped")]
pub(crate) struct DroppedView {
    /// How many there were.
    pub(crate) dropped: u64,
}

/// Forgets them. A document that changes later is looked at like any other.
pub(super) async fn drop(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    path: RawPath<String>,
    bytes: Bytes,
) -> Result<Json<DroppedView>, Problem> {
    let name = names::source(path)?;
    let which: Which = body::read(&bytes)?;
    let document = match (which.document.as_deref(), which.all) {
        (Some(document), false) => Some(DocumentId::parse(document)),
        (None, true) => None,
        _ => {
            let detail = "say which: {\"document\": \"ID\"} or {\"all\": true}";
            return Err(Problem::bad_request("malformed_body", detail));
        }
    };
    state
        .note_of_source(&caller, &name, Deed::DropQuarantine)
        .await?;
    let dropped = state.sources.drop(&name, document.as_ref()).await?;
    tracing::info!(source = %name, caller = caller.name, dropped, "a person forgets documents of the quarantine");
    Ok(Json(DroppedView { dropped }))
}
