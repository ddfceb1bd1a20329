//! A webhook, as far as it is not configured.

use formhand_domain::WebhookName;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What is known of a webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Its name in the configuration.
    pub name: WebhookName,
    /// The last entry of the audit whose deliveries are made.
    pub place: u64,
    /// Rises by one with every change of its state, from 1.
    pub revision: u64,
    /// How it stands.
    pub state: WebhookState,
}

/// How a webhook stands. Written as JSON; an older Formhand ignores what it does not know of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WebhookState {
    /// Nothing is sent, until a person says so.
    pub off: Option<SwitchedOff>,
    /// It takes nothing at present.
    pub failing: Option<WebhookFailing>,
    /// When a person last asked that something is sent at once. Whoever delivers is told by it.
    pub asked_at: Option<Timestamp>,
}

/// Why a webhook gets nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwitchedOff {
    /// Since when.
    pub at: Timestamp,
    /// What it answered.
    pub said: String,
}

/// Since when a webhook takes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookFailing {
    /// Since its first try in vain after the last one that it took.
    pub since: Timestamp,
    /// What was the matter first.
    pub said: String,
}
