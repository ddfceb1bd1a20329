//! What the rules are called.

use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use thiserror::Error;

macro_rules! rule_names {
    ($($(#[$doc:meta])* $variant:ident = $wire:literal, $severity:ident, $title:literal;)+) => {
        /// A rule. Each has a section in `docs/ALERTS.md`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[schemars(rename = "AlertRule")]
        pub enum RuleName {
            $($(#[$doc])* #[serde(rename = $wire)] $variant,)+
        }

        impl RuleName {
            /// Every rule.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in the configuration and on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $wire,)+ }
            }

            /// How soon somebody has to look.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)+ }
            }

            /// The same for a person.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)+ }
            }
        }
    };
}

rule_names! {
    /// Every level of a recovery was tried in vain.
    RecoveryExhausted = "recovery_exhausted", Critical, "a session cannot be brought back";
    /// An account's session has to be brought back too often.
    RecoveriesFrequent = "recoveries_frequent", Warning, "a session is lost too often";
    /// Too few jobs are filed.
    JobSuccess = "job_success", Critical, "too few jobs are filed";
    /// Logging in again in the same browser helps too seldom.
    SoftRecoverySuccess = "soft_recovery_success", Warning, "soft recoveries help too seldom";
    /// A new browser helps too seldom.
    HardRecoverySuccess = "hard_recovery_success", Warning, "hard recoveries help too seldom";
    /// An empty profile helps too seldom.
    NuclearRecoverySuccess = "nuclear_recovery_success", Warning, "nuclear recoveries help too seldom";
    /// An account has no session for now.
    AccountDown = "account_down", Warning, "an account is down";
    /// An account waits for a person: refused, locked, or asked for a code.
    AccountNeedsPerson = "account_needs_person", Critical, "an account needs a person";
    /// Nobody knows for long whether a form was filed.
    OutcomeUnknown = "outcome_unknown", Critical, "it is not known whether a form was filed";
    /// Jobs that are due are not worked on.
    JobWaiting = "job_waiting", Warning, "jobs wait for too long";
    /// The disk of a data folder is nearly full.
    DiskFull = "disk_full", Critical, "a disk is nearly full";
    /// A question waits for a person.
    QuestionWaiting = "question_waiting", Critical, "a question waits for a person";
    /// A portal used words that its definition does not know.
    UnknownWords = "unknown_words", Warning, "a portal used unknown words";
    /// A server has ended without a word.
    ServerSilent = "server_silent", Critical, "a server is silent";
    /// A webhook does not take what it is told.
    WebhookFailing = "webhook_failing", Warning, "a webhook takes nothing";
    /// The audit does not hold.
    AuditBroken = "audit_broken", Critical, "the audit is broken";
}

/// How soon somebody has to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "AlertSeverity")]
pub enum Severity {
    /// On the next working day.
    Warning,
    /// Now, also at night.
    Critical,
}

impl Severity {
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Critical => "critical",
        }
    }
}

/// A text is no rule's name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{text:?} is no rule: expected one of {}", valid())]
pub struct UnknownRule {
    /// The text, cut to a readable length.
    pub text: String,
}

fn valid() -> String {
    let names: Vec<&str> = RuleName::ALL.iter().map(|rule| rule.as_str()).collect();
    names.join(", ")
}

impl fmt::Display for RuleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for RuleName {
    type Err = UnknownRule;

    fn from_str(text: &str) -> Result<Self, UnknownRule> {
        let mut rules = Self::ALL.iter().copied();
        rules
            .find(|rule| rule.as_str() == text)
            .ok_or_else(|| UnknownRule {
                text: text.chars().take(40).collect(),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_known_by_its_name_and_has_its_place_in_the_document() {
        let document = include_str!("../../../../../docs/ALERTS.md");
        let headings: Vec<&str> = document
            .lines()
            .filter_map(|line| line.strip_prefix("### "))
            .flat_map(|heading| heading.split(", "))
            .collect();
        let names: Vec<&str> = RuleName::ALL.iter().map(|rule| rule.as_str()).collect();
        assert_eq!(headings, names);
        for rule in RuleName::ALL {
            assert_eq!(rule.as_str().parse(), Ok(*rule));
        }
    }
}
