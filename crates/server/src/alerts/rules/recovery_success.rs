//! A level of recovery helps too seldom.

use std::collections::BTreeMap;

use formhand_domain::account::RecoveryLevel;
use jiff::{SignedDuration, Timestamp};

use super::{Finding, RuleName, Subject, share::Share};
use crate::alerts::Facts;

/// Fires as long as fewer than this share of a portal's tries at a level within the window brought the session back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecoverySuccess {
    /// The level.
    pub level: RecoveryLevel,
    /// As many of a hundred are well.
    pub below_percent: u32,
    /// How far back is looked.
    pub window: SignedDuration,
    /// Fewer tries say nothing.
    pub least: u32,
}

impl RecoverySuccess {
    /// The defaults for logging in again.
    pub fn soft() -> Self {
        Self::of(RecoveryLevel::Soft, 80, 5)
    }

    /// The defaults for a new browser.
    pub fn hard() -> Self {
        Self::of(RecoveryLevel::Hard, 90, 5)
    }

    /// The defaults for an empty profile.
    pub fn nuclear() -> Self {
        // It is tried once a recovery, so that five of them are a long time.
        Self::of(RecoveryLevel::Nuclear, 95, 3)
    }

    fn of(level: RecoveryLevel, below_percent: u32, least: u32) -> Self {
        Self {
            level,
            below_percent,
            window: SignedDuration::from_hours(24),
            least,
        }
    }

    pub(super) fn check(self, facts: &Facts, now: Timestamp) -> Vec<Finding> {
        let mut shares: BTreeMap<_, Share> = BTreeMap::new();
        let tries = facts.recovery_tries.iter();
        for one in tries.filter(|one| one.level == self.level) {
            if now.duration_since(one.at) <= self.window {
                let share = shares.entry(&one.account.portal).or_default();
                share.add(one.recovered);
            }
        }
        let low = shares
            .into_iter()
            .filter(|(_, share)| share.is_under(self.below_percent, self.least));
        low.map(|(portal, share)| Finding {
            rule: self.name(),
            subject: Subject::Portal(portal.clone()),
            text: format!(
                "{portal}: {share} of its {} recoveries within {:#} helped, less than {} %. \
                 `formhand session list` shows its accounts, `formhand session show` why tries failed.",
                self.level, self.window, self.below_percent
            ),
        })
        .collect()
    }

    fn name(self) -> RuleName {
        match self.level {
            RecoveryLevel::Soft => RuleName::SoftRecoverySuccess,
            RecoveryLevel::Hard => RuleName::HardRecoverySuccess,
            RecoveryLevel::Nuclear => RuleName::NuclearRecoverySuccess,
        }
    }
}
