//! A point in time after which a call gives up. Every call that waits for a page takes one.

use std::time::Duration;

use tokio::time::Instant;

/// The time a renderer is given to report its own time-out before it counts as hung: the script in the page ends
/// at the deadline by itself and can then say what it saw last.
const ANSWER_MARGIN: Duration = Duration::from_millis(500);

/// When to give up.
#[derive(Debug, Clone, Copy)]
pub struct Deadline(Instant);

impl Deadline {
    /// A deadline this long from now.
    pub fn after(duration: Duration) -> Self {
        Self(Instant::now() + duration)
    }

    /// A deadline at a given instant.
    pub fn at(instant: Instant) -> Self {
        Self(instant)
    }

    /// What is left of it.
    pub fn remaining(self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }

    /// Whether it has passed.
    pub fn has_passed(self) -> bool {
        self.remaining().is_zero()
    }

    /// The instant.
    pub fn instant(self) -> Instant {
        self.0
    }

    pub(crate) fn remaining_ms(self) -> u64 {
        u64::try_from(self.remaining().as_millis()).unwrap_or(u64::MAX)
    }

    /// When a page that has not answered counts as hung.
    pub(crate) fn hung_at(self) -> Instant {
        self.0 + ANSWER_MARGIN
    }
}
