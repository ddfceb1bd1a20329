//! How fast the jobs of one account may follow each other.

use jiff::{SignedDuration, Timestamp};

/// The least time between two starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// So much.
    pub between: SignedDuration,
}

/// Clocks of servers that share a store differ by less.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(1);

impl Pace {
    /// When the next job may start.
    pub fn next_start(self, last_start: Timestamp) -> Timestamp {
        last_start
            .saturating_add(self.between)
            .unwrap_or(Timestamp::MAX)
    }

    /// Whether a job may start now.
    ///
    /// A last start that lies far ahead was written by a clock that has been put back since. It holds nobody: else
    /// the account would stand still for as long as the clock was wrong.
    pub fn allows(self, last_start: Timestamp, now: Timestamp) -> bool {
        let put_back = last_start.duration_since(now) > CLOCKS_DIFFER;
        put_back || now >= self.next_start(last_start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACE: Pace = Pace {
        between: SignedDuration::from_secs(2),
    };

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_job_starts_no_sooner_than_the_pace_says_and_then_at_once() {
        assert_eq!(PACE.next_start(at(10)), at(12));
        let allowed = [10, 11, 12, 13].map(|second| PACE.allows(at(10), at(second)));
        assert_eq!(allowed, [false, false, true, true]);
    }

    #[test]
    fn a_clock_that_is_a_little_behind_waits_and_one_that_was_put_back_does_not() {
        assert!(!PACE.allows(at(60), at(0)));
        assert!(PACE.allows(at(61), at(0)));
        assert!(PACE.allows(at(100_000), at(0)));
    }

    #[test]
    fn no_pace_at_all_holds_nobody() {
        let none = Pace {
            between: SignedDuration::ZERO,
        };
        assert!(none.allows(at(10), at(10)));
    }
}
