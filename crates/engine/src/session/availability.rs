//! Whether an account can be worked for, so that no job is claimed that would only wait.

use jiff::Timestamp;

/// Whether an account can be worked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Availability {
    /// It has a session, or one can be tried for.
    Ready,
    /// Not before this time.
    NotBefore(Timestamp),
    /// Its session is being brought back or replaced. What comes of that is known soon.
    Busy,
    /// Not before a person has helped.
    NeedsHuman,
}

impl Availability {
    /// Whether jobs may be claimed now.
    pub(crate) fn is_ready(self, now: Timestamp) -> bool {
        match self {
            Self::Ready => true,
            Self::NotBefore(until) => until <= now,
            Self::Busy | Self::NeedsHuman => false,
        }
    }
}
