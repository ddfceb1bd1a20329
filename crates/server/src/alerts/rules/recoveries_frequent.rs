//! An account's session has to be brought back too often.

use std::collections::BTreeMap;

use formhand_domain::account::RecoveryCause;
use jiff::{SignedDuration, Timestamp};

use super::{Finding, RuleName, Subject};
use crate::alerts::Facts;

/// Fires as long as more recoveries than this of one account have ended in the last hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecoveriesFrequent {
    /// As many an hour are well.
    pub more_than: u32,
}

impl Default for RecoveriesFrequent {
    fn default() -> Self {
        Self { more_than: 10 }
    }
}

impl RecoveriesFrequent {
    /// The number is one an hour.
    pub const WINDOW: SignedDuration = SignedDuration::from_hours(1);

    pub(super) fn check(self, facts: &Facts, now: Timestamp) -> Vec<Finding> {
        let mut counts = BTreeMap::new();
        let recent = facts.recoveries.iter();
        let recent = recent.filter(|end| now.duration_since(end.at) <= Self::WINDOW);
        for end in recent.filter(|end| was_lost(end.cause)) {
            *counts.entry(&end.account).or_insert(0_u32) += 1;
        }
        let too_many = counts
            .into_iter()
            .filter(|(_, count)| *count > self.more_than);
        too_many
            .map(|(account, count)| Finding {
                rule: RuleName::RecoveriesFrequent,
                subject: Subject::Account(account.clone()),
                text: format!(
                    "{account}: {count} recoveries in an hour, more than {}. Something ends its sessions: another login of \
                     the same user, a portal that is restarted, a browser that dies. \
                     `formhand session show {account}` tells the causes.",
                    self.more_than
                ),
            })
            .collect()
    }
}

/// Whether a session was lost, and not just begun, renewed ahead of its end or asked for.
fn was_lost(cause: RecoveryCause) -> bool {
    match cause {
        RecoveryCause::Expired
        | RecoveryCause::BrowserGone
        | RecoveryCause::BrowserHung
        | RecoveryCause::Probe => true,
        RecoveryCause::FirstUse
        | RecoveryCause::Asked
        | RecoveryCause::Renewal
        | RecoveryCause::TakenOver => false,
    }
}
