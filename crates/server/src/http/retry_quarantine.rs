//! `POST /api/intake/{name}/quarantine/retry`: documents that could not be taken are looked at once more.

use axum::{Extension, Json, body::Bytes, extract::State};
use formhand_engine::Retried;
use formhand_store::{Deed, DocumentId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    ApiState, Problem, body,
    names::{self, RawPath},
};
use crate::access::Caller;

/// Which. Without a document the next hundred of all.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "QuarantineRetry")]
pub(super) struct Which {
    /// The id of one document, as the quarantine shows it.
    document: Option<String>,
    /// The `next` of the call before.
    after: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Retried")]
pub(crate) struct RetriedView {
    /// Documents that became jobs.
    pub(crate) taken: u64,
    /// Of these, duplicates of other jobs.
    pub(crate) duplicates: u64,
    /// Documents that are gone, not ready any more, or became jobs before.
    pub(crate) dropped: u64,
    /// Documents that cannot be taken yet.
    pub(crate) broken: u64,
    /// For the `after` of the next call; null if all were looked at.
    pub(crate) next: Option<String>,
}

/// Looks at them as they are now.
pub(super) async fn retry(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    path: RawPath<String>,
    bytes: Bytes,
) -> Result<Json<RetriedView>, Problem> {
    let name = names::source(path)?;
    let which: Which = body::read(&bytes)?;
    let after = which.after.as_deref().map(DocumentId::parse);
    state
        .note_of_source(&caller, &name, Deed::RetryQuarantine)
        .await?;
    let retried = match which.document.as_deref().map(DocumentId::parse) {
        Some(document) => state.sources.retry(&name, &document).await?,
        None => state.sources.retry_all(&name, after.as_ref()).await?,
    };
    let Retried {
        taken,
        duplicates,
        dropped,
        broken,
        next,
    } = retried;
    tracing::info!(source = %name, caller = caller.name, taken, dropped, broken, "a person has the quarantine looked at");
    Ok(Json(RetriedView {
        taken,
        duplicates,
        dropped,
        broken,
        next: next.map(|next| next.shown()),
    }))
}
