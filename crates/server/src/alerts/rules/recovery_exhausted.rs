//! Every level of a recovery was tried in vain, and the account has no session yet.

use formhand_domain::account::{RecoveryEnd, SessionState};

use super::{Finding, RuleName, Subject};
use crate::alerts::Facts;

/// Fires as long as the last recovery of an account was exhausted and its session is not back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecoveryExhausted;

impl RecoveryExhausted {
    pub(super) fn check(facts: &Facts) -> Vec<Finding> {
        let mut found = Vec::new();
        for (account, end) in &facts.last_recoveries {
            let is_back = matches!(
                facts.sessions.get(account),
                None | Some(SessionState::Active { .. } | SessionState::Retiring { .. })
            );
            if end.end == RecoveryEnd::Exhausted && !is_back {
                found.push(Finding {
                    rule: RuleName::RecoveryExhausted,
                    subject: Subject::Account(account.clone()),
                    text: format!(
                        "{account}: every level of recovery was tried in vain, last at {:.0}. Its jobs wait. It is tried \
                         again by itself after its cool-down; `formhand session show {account}` tells what failed.",
                        end.at
                    ),
                });
            }
        }
        found
    }
}
