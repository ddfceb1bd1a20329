//! What somebody does not want to hear of for a while.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Alert;
use crate::alerts::{RuleName, Subject};

/// Keeps alerts from being told. They go on firing, and what was told before is told to be resolved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silence {
    /// Its name, to end it by.
    pub id: String,
    /// Of this rule; nothing is every rule.
    pub rule: Option<RuleName>,
    /// About this, and what is part of it.
    pub subject: Subject,
    /// Until then.
    pub until: Timestamp,
    /// Why.
    pub reason: String,
    /// Who wants it.
    pub by: String,
    /// Since when.
    pub made_at: Timestamp,
}

impl Silence {
    /// Whether it is about this alert, and not over.
    pub fn holds(&self, alert: &Alert, now: Timestamp) -> bool {
        let of_rule = self.rule.is_none_or(|rule| rule == alert.rule);
        of_rule && self.subject.covers(&alert.subject) && now < self.until
    }
}
