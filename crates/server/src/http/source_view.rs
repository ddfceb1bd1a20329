//! How a source looks from outside. Nothing of a document is in it.

use formhand_domain::{NodeId, SourceName};
use formhand_engine::{SourceDeskError, SourceStatus};
use formhand_store::SourceTrouble;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Problem, openapi::Time};

/// A source. What it does not have is null.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Source")]
pub(crate) struct SourceView {
    /// Its name in the configuration.
    pub(crate) name: SourceName,
    /// `unwatched`, `scanning`, `watching` or `failing`.
    #[schemars(extend("enum" = ["unwatched", "scanning", "watching", "failing"]))]
    pub(crate) state: String,
    /// The server that watches it.
    pub(crate) node: Option<NodeId>,
    /// Whether that is the server that answers.
    pub(crate) here: bool,
    /// Whether the configuration of the server that answers has it.
    pub(crate) configured: bool,
    /// Its collection, where it is configured.
    pub(crate) collection: Option<String>,
    /// `mapping` or `queue`, where it is configured.
    #[schemars(extend("enum" = ["mapping", "queue", null]))]
    pub(crate) kind: Option<String>,
    /// Up to when it was read, by its own clock.
    #[schemars(with = "Option<Time>")]
    pub(crate) read_to: Option<Timestamp>,
    /// Jobs that it has brought.
    pub(crate) taken: u64,
    /// Of these, those that were invalid from the start.
    pub(crate) invalid: u64,
    /// Of these, duplicates of other jobs.
    pub(crate) duplicates: u64,
    /// Documents that cannot be taken.
    pub(crate) quarantined: u64,
    /// Why it cannot be watched.
    pub(crate) trouble: Option<TroubleView>,
    /// Why its documents cannot be told of their jobs.
    pub(crate) telling_trouble: Option<TroubleView>,
    /// Documents that cannot hold what they are to be told.
    pub(crate) refused: u64,
}

/// Why something cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Trouble")]
pub(crate) struct TroubleView {
    /// Since when.
    #[schemars(with = "Time")]
    pub(crate) since: Timestamp,
    /// What is the matter, in words.
    pub(crate) text: String,
}

impl SourceView {
    /// As the server of this name sees it.
    pub(super) fn of(status: SourceStatus, node: &NodeId) -> Self {
        let saved = status.saved.as_ref();
        let counts = saved.map(|saved| saved.counts).unwrap_or_default();
        let trouble = |trouble: Option<&SourceTrouble>| {
            trouble.map(|trouble| TroubleView {
                since: trouble.since,
                text: trouble.text.clone(),
            })
        };
        Self {
            state: status.state.as_str().to_owned(),
            here: status.node.as_ref() == Some(node),
            configured: status.here.is_some(),
            kind: status.here.as_ref().map(|here| here.kind.to_owned()),
            collection: status.here.map(|here| here.collection),
            read_to: saved
                .and_then(|saved| saved.reached.as_ref())
                .map(|reached| reached.at),
            taken: counts.taken,
            invalid: counts.invalid,
            duplicates: counts.duplicates,
            quarantined: saved.map_or(0, |saved| saved.quarantined),
            trouble: trouble(saved.and_then(|saved| saved.trouble.as_ref())),
            telling_trouble: trouble(saved.and_then(|saved| saved.telling_trouble.as_ref())),
            refused: saved.map_or(0, |saved| saved.refused),
            node: status.node,
            name: status.name,
        }
    }
}

impl From<SourceDeskError> for Problem {
    fn from(error: SourceDeskError) -> Self {
        match error {
            SourceDeskError::Unknown(_) => Self::not_found("source", error.to_string()),
            SourceDeskError::NotQuarantined(_) => Self::not_found("document", error.to_string()),
            SourceDeskError::Elsewhere(_) => Self::refused("source_elsewhere", error.to_string()),
            SourceDeskError::Origin(text) => {
                tracing::warn!(
                    code = "source_failed",
                    reason = text,
                    "a source did not answer"
                );
                Self::new(
                    axum::http::StatusCode::SERVICE_UNAVAILABLE,
                    "source_unavailable",
                    "the source's database does not answer at present; the server's log says why",
                )
            }
            SourceDeskError::Store(error) => error.into(),
        }
    }
}
