//! Jobs that are due are not worked on.

use jiff::{SignedDuration, Timestamp};

use super::{Finding, RuleName, Subject};
use crate::alerts::Facts;

/// Fires as long as the oldest job that is due has been so for longer than this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobWaiting {
    /// How long a job may wait.
    pub older_than: SignedDuration,
}

impl Default for JobWaiting {
    fn default() -> Self {
        Self {
            older_than: SignedDuration::from_mins(30),
        }
    }
}

impl JobWaiting {
    pub(super) fn check(self, facts: &Facts, now: Timestamp) -> Vec<Finding> {
        let due = facts.oldest_due_at;
        let late = due.filter(|due_at| now.duration_since(*due_at) > self.older_than);
        let tell = |due_at: Timestamp| Finding {
            rule: RuleName::JobWaiting,
            subject: Subject::Everything,
            text: format!(
                "A job has been due since {due_at:.0} and is not worked on. Either its account has no session \
                 (`formhand account list`), or there are more jobs than are worked off (`formhand job stats`, \
                 `formhand node list`)."
            ),
        };
        late.map(tell).into_iter().collect()
    }
}
