//! One message for one webhook, from its making to its end.

use formhand_domain::{JobId, WebhookName};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Tries that a delivery remembers; the newest.
const REMEMBERED: usize = 20;

/// A message that is to be delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelivery {
    /// What the receiver recognises it by, over all tries. It follows from what it tells of, so that the same is never
    /// made twice.
    pub id: String,
    /// What it tells of, such as `job.completed`.
    pub kind: String,
    /// The job that it tells of, if it does of one.
    pub job: Option<JobId>,
    /// What is sent, as JSON. Never a record or a label.
    pub body: String,
}

/// A message of a webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The webhook.
    pub webhook: WebhookName,
    /// The message.
    pub message: NewDelivery,
    /// When it was made.
    pub made_at: Timestamp,
    /// Rises by one with every change, from 1.
    pub revision: u64,
    /// Where it stands.
    pub state: DeliveryState,
    /// The newest tries, oldest first.
    pub tries: Vec<DeliveryTry>,
}

/// Where a delivery stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum DeliveryState {
    /// It is to be sent. The one server that delivers moves it on; while its webhook is switched off, nobody does.
    Pending {
        /// When it is tried next.
        next_at: Timestamp,
        /// Tries since it was made, or replayed.
        tries: u32,
    },
    /// The receiver has taken it. Only a person who replays it moves it on.
    Delivered {
        /// When.
        at: Timestamp,
    },
    /// It was tried as often as there are tries. Only a person who replays it moves it on.
    Failed {
        /// When it was given up.
        at: Timestamp,
    },
}

/// One try to deliver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryTry {
    /// When it began.
    pub at: Timestamp,
    /// The status of the answer, if there was one.
    pub status: Option<u16>,
    /// How long it took.
    pub took_ms: u64,
    /// Why it was not taken. Never what the receiver said in words of his own.
    pub error: Option<String>,
}

impl Delivery {
    /// The same after a try.
    #[must_use]
    pub fn tried(mut self, tried: DeliveryTry, state: DeliveryState) -> Self {
        self.tries.push(tried);
        let surplus = self.tries.len().saturating_sub(REMEMBERED);
        self.tries.drain(..surplus);
        self.state = state;
        self
    }

    /// The same, to be sent once more. Its tries begin anew.
    #[must_use]
    pub fn replayed(mut self, now: Timestamp) -> Self {
        self.state = DeliveryState::Pending {
            next_at: now,
            tries: 0,
        };
        self
    }
}

impl DeliveryState {
    /// The names of all states.
    pub const NAMES: [&'static str; 3] = ["pending", "delivered", "failed"];

    /// Its name on the wire.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Pending { .. } => "pending",
            Self::Delivered { .. } => "delivered",
            Self::Failed { .. } => "failed",
        }
    }

    /// When it is tried next, if it is.
    pub fn next_at(&self) -> Option<Timestamp> {
        match self {
            Self::Pending { next_at, .. } => Some(*next_at),
            Self::Delivered { .. } | Self::Failed { .. } => None,
        }
    }

    /// When it ended, if it did.
    pub fn ended_at(&self) -> Option<Timestamp> {
        match self {
            Self::Pending { .. } => None,
            Self::Delivered { at } | Self::Failed { at } => Some(*at),
        }
    }
}
