//! What the actor holds of its account's session.

use formhand_domain::{
    Generation,
    account::{RecoveryCause, SessionState},
};
use jiff::Timestamp;
use tokio::time::Instant;

use super::{Availability, lend::Copied};

/// What the actor holds.
pub(super) enum Held {
    /// No session. Whoever needs one sets a recovery off, for this cause.
    Nothing(RecoveryCause),
    /// A session that a round trip has shown alive.
    Active(Live),
    /// Every way to a session was tried. The next one who asks after `until` sets a probe off.
    Down { until: Timestamp, reason: String },
    /// Nothing is tried before a person has helped.
    NeedsHuman(String),
    /// Another server keeps it.
    Elsewhere(Elsewhere),
}

/// What is known of a session that another server keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Elsewhere {
    /// It lives, and what clones are made of is shared.
    Shared,
    /// It lives and is to be replaced: who has begun may still have a copy.
    Retiring,
    /// It is being brought back, or cannot be shared.
    Busy,
}

/// A session that lives.
#[derive(Debug, Clone)]
pub(super) struct Live {
    /// The login that it comes from.
    pub(super) generation: Generation,
    /// What clones are made of.
    pub(super) copy: Copied,
    /// When that login succeeded.
    pub(super) since: Timestamp,
    /// When a round trip last showed it alive.
    pub(super) seen_at: Timestamp,
    /// When the heartbeat is due; nothing if the portal has none.
    pub(super) beat_at: Option<Instant>,
    /// When it should be replaced ahead of its end; nothing if that is not known, or not worth it.
    pub(super) renew_at: Option<Instant>,
}

impl Live {
    /// The same as the store keeps it.
    pub(super) fn state(&self) -> SessionState {
        SessionState::Active {
            generation: self.generation,
            since: self.since,
            validated_at: self.seen_at,
        }
    }

    /// How long it is known to have lived.
    pub(super) fn lived_ms(&self) -> u64 {
        between_ms(self.since, self.seen_at)
    }
}

impl Held {
    /// Whether jobs may be claimed.
    pub(super) fn availability(&self) -> Availability {
        match self {
            Self::Nothing(_) | Self::Active(_) | Self::Elsewhere(Elsewhere::Shared) => {
                Availability::Ready
            }
            Self::Elsewhere(Elsewhere::Retiring | Elsewhere::Busy) => Availability::Busy,
            Self::Down { until, .. } => Availability::NotBefore(*until),
            Self::NeedsHuman(_) => Availability::NeedsHuman,
        }
    }

    pub(super) fn live(&self) -> Option<&Live> {
        match self {
            Self::Active(live) => Some(live),
            _ => None,
        }
    }
}

/// The time between two moments in milliseconds; none if the clock went back.
pub(super) fn between_ms(from: Timestamp, to: Timestamp) -> u64 {
    u64::try_from(to.duration_since(from).as_millis()).unwrap_or(0)
}

/// A measured time in milliseconds.
pub(super) fn ms(duration: std::time::Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
