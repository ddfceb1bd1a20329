//! An account waits for a person.

use formhand_domain::account::{NeedsHuman, SessionState};

use super::{Finding, RuleName, Subject};
use crate::alerts::Facts;

/// Fires as long as only a person can help an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountNeedsPerson;

impl AccountNeedsPerson {
    pub(super) fn check(facts: &Facts) -> Vec<Finding> {
        let mut found = Vec::new();
        for (account, session) in &facts.sessions {
            if let SessionState::NeedsHuman { reason, .. } = session {
                found.push(Finding {
                    rule: RuleName::AccountNeedsPerson,
                    subject: Subject::Account(account.clone()),
                    text: format!(
                        "{account}: {}. Its jobs wait, and no login is tried. Log in by hand, then put the right password \
                         in its place and restart, or run `formhand account forgive {account}`.",
                        told(*reason)
                    ),
                });
            }
        }
        found
    }
}

/// The portal's own words are not told: they may hold anything.
fn told(reason: NeedsHuman) -> &'static str {
    match reason {
        NeedsHuman::BadCredentials => "the portal refuses user name or password",
        NeedsHuman::Locked => "the portal has locked the account",
        NeedsHuman::Demand => "the portal wants a one-time code or a new password",
    }
}
