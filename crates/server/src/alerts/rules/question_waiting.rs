//! A question waits for a person.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::{Finding, RuleName, Subject};
use crate::alerts::Facts;

/// Fires as long as a question of an account has been open for longer than this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuestionWaiting {
    /// A question stands for three minutes.
    pub older_than: SignedDuration,
}

impl Default for QuestionWaiting {
    fn default() -> Self {
        Self {
            older_than: SignedDuration::from_mins(1),
        }
    }
}

impl QuestionWaiting {
    pub(super) fn check(self, facts: &Facts, now: Timestamp) -> Vec<Finding> {
        let open = facts.questions.iter();
        let old = open.filter(|question| now.duration_since(question.asked_at) > self.older_than);
        // One for an account, however many stand.
        let accounts: BTreeMap<_, _> = old
            .map(|question| (&question.account, question.asked_at))
            .collect();
        accounts
            .into_iter()
            .map(|(account, asked_at)| Finding {
                rule: RuleName::QuestionWaiting,
                subject: Subject::Account(account.clone()),
                text: format!(
                    "{account}: a captcha or a one-time code was asked for at {asked_at:.0}, and nobody has answered. \
                     The login fails without it: `formhand question list`, `formhand question answer`."
                ),
            })
            .collect()
    }
}
