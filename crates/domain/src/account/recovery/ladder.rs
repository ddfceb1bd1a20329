//! One recovery: what is tried next, given what came of the last try.
//!
//! All counters live here, and a ladder lives for one recovery: what earlier ones used up is forgotten. What bounds
//! recoveries together is the account's login budget and the cool-down.

use std::time::Duration;

use super::{AttemptResult, RecoveryCause, RecoveryEnd, RecoveryLevel, RecoveryRules};
use crate::FailureCode;

/// A recovery on its way up. It moves by [`Ladder::next`], which consumes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ladder {
    rules: RecoveryRules,
    level: RecoveryLevel,
    attempt: u32,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Make this try.
    Try {
        /// Wants to hear what came of it.
        ladder: Ladder,
        /// At which level.
        level: RecoveryLevel,
        /// Which try of that level, from 1.
        attempt: u32,
        /// How long to wait before it.
        pause: Duration,
        /// How long it may take.
        limit: Duration,
    },
    /// Nothing any more.
    Ended(RecoveryEnd),
}

impl Ladder {
    /// The first try of a recovery. It ends at once if every level that could help is switched off.
    pub fn begin(cause: RecoveryCause, rules: RecoveryRules) -> Verdict {
        Self::climb(rules, Some(cause.first_level()))
    }

    /// What follows from what came of the try.
    #[must_use]
    pub fn next(self, result: AttemptResult) -> Verdict {
        // A refused password that comes as a plain failure is refused all the same.
        let result = match result {
            AttemptResult::Failed { code } => code.into(),
            result => result,
        };
        match result {
            AttemptResult::Recovered => Verdict::Ended(RecoveryEnd::Recovered),
            AttemptResult::BudgetSpent => Verdict::Ended(RecoveryEnd::BudgetSpent),
            AttemptResult::NeedsHuman { .. } => Verdict::Ended(RecoveryEnd::NeedsHuman),
            // Logging in again needs the browser that was lost.
            AttemptResult::BrowserLost if self.level == RecoveryLevel::Soft => {
                Self::climb(self.rules, self.level.above())
            }
            // Another browser, or an empty profile, brings no portal up.
            AttemptResult::Failed {
                code: FailureCode::Network | FailureCode::PortalFault,
            } if self.attempt >= self.rules.of(self.level).attempts => {
                Verdict::Ended(RecoveryEnd::Exhausted)
            }
            AttemptResult::Failed { .. } | AttemptResult::TimedOut | AttemptResult::BrowserLost => {
                self.again()
            }
        }
    }

    fn again(self) -> Verdict {
        if self.attempt < self.rules.of(self.level).attempts {
            Self {
                attempt: self.attempt + 1,
                ..self
            }
            .verdict()
        } else {
            Self::climb(self.rules, self.level.above())
        }
    }

    /// The first try of the lowest level from here on that is not switched off.
    fn climb(rules: RecoveryRules, from: Option<RecoveryLevel>) -> Verdict {
        let mut next = from;
        while let Some(level) = next {
            if rules.of(level).attempts > 0 {
                let attempt = 1;
                return Self {
                    rules,
                    level,
                    attempt,
                }
                .verdict();
            }
            next = level.above();
        }
        Verdict::Ended(RecoveryEnd::Exhausted)
    }

    fn verdict(self) -> Verdict {
        let rules = self.rules.of(self.level);
        Verdict::Try {
            ladder: self,
            level: self.level,
            attempt: self.attempt,
            pause: rules.pause_before(self.attempt),
            limit: rules.limit,
        }
    }
}
