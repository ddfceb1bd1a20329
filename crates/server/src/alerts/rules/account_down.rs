//! An account has no session for now.

use formhand_domain::account::SessionState;

use super::{Finding, RuleName, Subject};
use crate::alerts::Facts;

/// Fires as long as an account is down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountDown;

impl AccountDown {
    pub(super) fn check(facts: &Facts) -> Vec<Finding> {
        let mut found = Vec::new();
        for (account, session) in &facts.sessions {
            // Its reason may quote a portal, so it is not told.
            if let SessionState::Down { until, .. } = session {
                found.push(Finding {
                    rule: RuleName::AccountDown,
                    subject: Subject::Account(account.clone()),
                    text: format!(
                        "{account} has no session, and no login is tried before {until:.0}. Its jobs wait. \
                         `formhand account list` shows why."
                    ),
                });
            }
        }
        found
    }
}
