//! When a job that was not filed is tried again.

use jiff::SignedDuration;

/// How often and how soon. It speaks only of failures before anything was filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Attempts in all, the first one counted.
    pub max_attempts: u32,
    /// The wait after the first failed attempt. It doubles after each further one.
    pub first_delay: SignedDuration,
}

/// A wait is drawn from this share of its nominal length around it: jobs that failed together do not come back
/// together, and a person can still say when to look again.
const JITTER: f64 = 0.1;

/// Doubling ends here: after an hour the cause is no longer a passing one.
const LONGEST: SignedDuration = SignedDuration::from_hours(1);

impl Default for RetryPolicy {
    /// Three attempts, 60 s and then doubling: what the first system's users know.
    fn default() -> Self {
        Self {
            max_attempts: 3,
            first_delay: SignedDuration::from_secs(60),
        }
    }
}

impl RetryPolicy {
    /// The wait after `attempts` attempts, or nothing when they are used up. `random` is from 0 to 1.
    pub fn delay(&self, attempts: u32, random: f64) -> Option<SignedDuration> {
        if attempts >= self.max_attempts {
            return None;
        }
        let doublings = attempts.saturating_sub(1).min(16);
        let nominal = self.first_delay.saturating_mul(1 << doublings).min(LONGEST);
        let factor = 1.0 + JITTER * (2.0 * random.clamp(0.0, 1.0) - 1.0);
        Some(nominal.mul_f64(factor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_sixty_seconds_then_doubles_then_stops() {
        let policy = RetryPolicy::default();
        assert_eq!(policy.delay(1, 0.5), Some(SignedDuration::from_secs(60)));
        assert_eq!(policy.delay(2, 0.5), Some(SignedDuration::from_secs(120)));
        assert_eq!(policy.delay(3, 0.5), None);
    }

    #[test]
    fn jitter_stays_within_a_tenth() {
        let policy = RetryPolicy::default();
        assert_eq!(policy.delay(1, 0.0), Some(SignedDuration::from_secs(54)));
        assert_eq!(policy.delay(1, 1.0), Some(SignedDuration::from_secs(66)));
    }
}
