//! What is sent.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::alerts::{RuleName, Subject};

/// One message. It stays the same however often it is tried, and so does its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Its identity, by which a receiver knows one that it gets twice.
    pub id: String,
    /// When it was made.
    pub at: Timestamp,
    /// Somebody tries the channel; nothing is the matter.
    #[serde(default)]
    pub is_test: bool,
    /// What fires and was not told before.
    pub news: Vec<Said>,
    /// What was told and fires no more.
    pub resolved: Vec<Said>,
    /// What was told before and still fires.
    pub still: Vec<Said>,
}

/// An alert as a message tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Which rule.
    pub rule: RuleName,
    /// About what.
    pub subject: Subject,
    /// What is or was the matter.
    pub text: String,
    /// Since when.
    pub since: Timestamp,
}

impl Said {
    pub(super) fn is(&self, rule: RuleName, subject: &Subject) -> bool {
        self.rule == rule && self.subject == *subject
    }
}

impl Message {
    /// A message that tries a channel.
    pub fn test(id: String, at: Timestamp) -> Self {
        Self {
            id,
            at,
            is_test: true,
            news: Vec::new(),
            resolved: Vec::new(),
            still: Vec::new(),
        }
    }
}
