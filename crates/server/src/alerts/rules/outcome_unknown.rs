//! Nobody knows for long whether forms were filed.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::{Finding, RuleName, Subject};
use crate::alerts::Facts;

/// Fires as long as a job has been in `needs_review` for longer than this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutcomeUnknown {
    /// By then a search of the portal has settled what it can.
    pub older_than: SignedDuration,
}

impl Default for OutcomeUnknown {
    fn default() -> Self {
        Self {
            older_than: SignedDuration::from_mins(15),
        }
    }
}

impl OutcomeUnknown {
    pub(super) fn check(self, facts: &Facts, now: Timestamp) -> Vec<Finding> {
        let mut portals = BTreeMap::new();
        for job in &facts.unknown_outcomes {
            if now.duration_since(job.since) > self.older_than {
                let (count, oldest) = portals.entry(&job.portal).or_insert((0_u32, job.since));
                *count += 1;
                *oldest = job.since.min(*oldest);
            }
        }
        portals
            .into_iter()
            .map(|(portal, (count, oldest))| Finding {
                rule: RuleName::OutcomeUnknown,
                subject: Subject::Portal(portal.clone()),
                text: format!(
                    "{portal}: of {count} jobs it is not known whether they were filed, of the oldest since {oldest:.0}. \
                     Look in the portal, then say what is true: `formhand job list --status needs_review`, \
                     `formhand job resolve`."
                ),
            })
            .collect()
    }
}
