//! Too few jobs of a portal are filed.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::{Finding, RuleName, Subject, share::Share};
use crate::alerts::Facts;

/// Fires as long as fewer than this share of a portal's jobs that ended in the window were filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobSuccess {
    /// As many of a hundred are well.
    pub below_percent: u32,
    /// How far back is looked.
    pub window: SignedDuration,
    /// Fewer ended jobs say nothing.
    pub least: u32,
}

impl Default for JobSuccess {
    fn default() -> Self {
        Self {
            below_percent: 70,
            window: SignedDuration::from_hours(1),
            least: 10,
        }
    }
}

impl JobSuccess {
    pub(super) fn check(self, facts: &Facts, now: Timestamp) -> Vec<Finding> {
        let mut shares: BTreeMap<_, Share> = BTreeMap::new();
        for job in &facts.ended_jobs {
            if now.duration_since(job.at) <= self.window {
                shares.entry(&job.portal).or_default().add(job.filed);
            }
        }
        let low = shares
            .into_iter()
            .filter(|(_, share)| share.is_under(self.below_percent, self.least));
        low.map(|(portal, share)| Finding {
            rule: RuleName::JobSuccess,
            subject: Subject::Portal(portal.clone()),
            text: format!(
                "{portal}: {share} of the jobs that ended within {:#} were filed, less than {} %. \
                 `formhand job list --portal {portal}` shows which failed and with what code.",
                self.window, self.below_percent
            ),
        })
        .collect()
    }
}
