//! What the last proof came to, as the store keeps it.

use formhand_store::{Break, KeptHead, Verified};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::http::Time;

/// What the last proof of the audit came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "AuditVerdict")]
pub(crate) struct Verdict {
    /// When it was over.
    #[schemars(with = "Time")]
    pub(crate) at: Timestamp,
    /// Where it broke; null if it holds.
    pub(crate) broken: Option<Finding>,
    /// How many entries were proved by the last proof that held.
    pub(crate) entries: u64,
    /// The head of the last proof that held; null before that. Each proof looks for it again.
    pub(crate) head: Option<String>,
}

/// Where the audit is broken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "AuditBreak")]
pub(crate) struct Finding {
    /// The number of the first entry that is wrong.
    pub(crate) seq: u64,
    /// What is wrong with it, as a stable name.
    pub(crate) fault: String,
    /// The same for a person.
    pub(crate) message: String,
}

impl Verdict {
    /// The verdict of a proof, after the one before.
    pub(super) fn of(proved: Result<Verified, Break>, was: Option<Self>, at: Timestamp) -> Self {
        match proved {
            Ok(verified) => Self {
                at,
                broken: None,
                entries: verified.entries,
                head: verified.head.map(|head| head.to_string()),
            },
            Err(broken) => Self {
                at,
                broken: Some(Finding {
                    seq: broken.seq,
                    fault: broken.fault.as_str().to_owned(),
                    message: broken.to_string(),
                }),
                entries: was.as_ref().map_or(0, |was| was.entries),
                head: was.and_then(|was| was.head),
            },
        }
    }

    /// The entry at which it is broken.
    pub(crate) fn broken_at(&self) -> Option<u64> {
        self.broken.as_ref().map(|broken| broken.seq)
    }

    /// The head that the next proof has to find.
    pub(super) fn kept(&self) -> Option<KeptHead> {
        self.head.as_ref().and_then(|head| head.parse().ok())
    }
}
