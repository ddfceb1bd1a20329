//! How often, how long and how far a recovery tries.

use std::time::Duration;

use jiff::SignedDuration;

use super::RecoveryLevel;

/// Doubling ends here. Whoever wants to wait for longer has the cool-down.
const LONGEST_PAUSE: Duration = Duration::from_mins(5);

/// What one level may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LevelRules {
    /// The most tries. With none the level is switched off.
    pub attempts: u32,
    /// How long one try may take.
    pub limit: Duration,
    /// The pause before the second try. It doubles before each further one.
    pub pause: Duration,
}

impl LevelRules {
    /// The pause before a try, the first being number 1. The first is made at once.
    pub fn pause_before(&self, attempt: u32) -> Duration {
        let Some(doublings) = attempt.checked_sub(2) else {
            return Duration::ZERO;
        };
        self.pause
            .saturating_mul(1 << doublings.min(16))
            .min(LONGEST_PAUSE.max(self.pause))
    }
}

/// The rules of the whole ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecoveryRules {
    /// Logging in again.
    pub soft: LevelRules,
    /// A new browser.
    pub hard: LevelRules,
    /// An empty profile.
    pub nuclear: LevelRules,
    /// How long the account rests after a ladder that was climbed in vain.
    pub cool_down: SignedDuration,
    /// How many backups of a profile are kept.
    pub backups: u32,
}

impl RecoveryRules {
    /// The rules of one level.
    pub fn of(&self, level: RecoveryLevel) -> LevelRules {
        match level {
            RecoveryLevel::Soft => self.soft,
            RecoveryLevel::Hard => self.hard,
            RecoveryLevel::Nuclear => self.nuclear,
        }
    }
}

impl Default for RecoveryRules {
    fn default() -> Self {
        let level = |attempts, limit, pause| LevelRules {
            attempts,
            limit: Duration::from_secs(limit),
            pause: Duration::from_secs(pause),
        };
        Self {
            soft: level(3, 60, 2),
            // A browser needs a while to start, and a profile to be copied.
            hard: level(2, 90, 5),
            nuclear: level(1, 120, 5),
            cool_down: SignedDuration::from_mins(5),
            backups: 3,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_doubles_and_the_first_try_has_none() {
        let rules = RecoveryRules::default().soft;
        let pauses = [1, 2, 3, 4].map(|attempt| rules.pause_before(attempt).as_secs());
        assert_eq!(pauses, [0, 2, 4, 8]);
    }

    #[test]
    fn doubling_ends_and_a_longer_pause_that_was_asked_for_stays() {
        let mut rules = RecoveryRules::default().soft;
        assert_eq!(rules.pause_before(u32::MAX), LONGEST_PAUSE);
        rules.pause = Duration::from_hours(1);
        assert_eq!(rules.pause_before(2), rules.pause);
        assert_eq!(rules.pause_before(9), rules.pause);
    }
}
