//! Who may write to a job, and until when.

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::NodeId;

/// Rises with every claim of one job. A write that carries an older token is refused.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(transparent)]
pub struct FencingToken(pub u64);

impl FencingToken {
    /// The token of the next claim.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// The right to work on one job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// The server that works on it.
    pub owner: NodeId,
    /// Carried by every write of this attempt.
    pub token: FencingToken,
    /// When the right ends unless it is renewed.
    pub expires_at: Timestamp,
}

impl Lease {
    /// Whether the right has ended.
    pub fn expired(&self, now: Timestamp) -> bool {
        now >= self.expires_at
    }

    /// Whether at least `margin` of the right is left.
    pub fn lasts(&self, now: Timestamp, margin: SignedDuration) -> bool {
        self.expires_at.duration_since(now) > margin
    }
}
