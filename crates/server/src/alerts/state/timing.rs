//! When what is sent.

use jiff::SignedDuration;

/// When what is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlertTiming {
    /// How long the first of several alerts waits for the others, so that one message tells of all.
    pub group_wait: SignedDuration,
    /// The least time between two messages of a channel.
    pub group_interval: SignedDuration,
    /// After this, what still fires is told again.
    pub repeat: SignedDuration,
    /// How long a message is tried that a channel does not take.
    pub retry_for: SignedDuration,
}

impl Default for AlertTiming {
    fn default() -> Self {
        Self {
            group_wait: SignedDuration::from_secs(30),
            group_interval: SignedDuration::from_mins(5),
            repeat: SignedDuration::from_hours(4),
            retry_for: SignedDuration::from_hours(6),
        }
    }
}

impl AlertTiming {
    /// The wait after a try of a message that failed: ten seconds, doubled with each further one, at most ten minutes.
    pub(super) fn backoff(tries: u32) -> SignedDuration {
        let doublings = tries.saturating_sub(1).min(10);
        SignedDuration::from_secs(10)
            .saturating_mul(1 << doublings)
            .min(SignedDuration::from_mins(10))
    }
}
