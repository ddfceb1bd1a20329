//! One alert.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::alerts::{RuleName, Subject};

/// Something that a rule finds, since some time. It is gone when the rule finds it no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// Which rule.
    pub rule: RuleName,
    /// About what.
    pub subject: Subject,
    /// What is the matter, for a person.
    pub text: String,
    /// Since when the rule finds it.
    pub since: Timestamp,
    /// Whether somebody is told.
    pub standing: Standing,
}

/// Whether somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// It has not lasted long enough. It fires then, or is gone before.
    Pending,
    /// It is told to every channel, unless it is silenced.
    Firing,
}

impl Alert {
    /// Whether it fires.
    pub fn fires(&self) -> bool {
        self.standing == Standing::Firing
    }
}
