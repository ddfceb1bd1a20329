//! One session, from its start to its end.

use std::collections::HashSet;
use std::time::Duration;

use tokio::time::Instant;

use crate::ledger::EndReason;

/// A session that is to start.
pub(crate) struct NewSession {
    pub(crate) id: String,
    pub(crate) user: String,
    pub(crate) life: Option<Duration>,
    /// The browser that it is bound to.
    pub(crate) device: Option<String>,
    /// What its pages must show.
    pub(crate) token: Option<String>,
}

/// A session that is no more.
#[derive(Debug)]
pub(crate) struct Gone {
    pub(crate) id: String,
    pub(crate) user: String,
    pub(crate) reason: EndReason,
    pub(crate) lived: Duration,
    pub(super) started_at: Instant,
}

/// A session that is alive.
pub(super) struct Live {
    pub(super) user: String,
    pub(super) started_at: Instant,
    pub(super) used_at: Instant,
    /// The end of its life, whatever it does.
    pub(super) ends_at: Option<Instant>,
    pub(super) device: Option<String>,
    pub(super) token: Option<String>,
    /// The page loads that have shown the token.
    pub(super) pages: HashSet<String>,
    pub(super) promo_due: bool,
}

impl Live {
    pub(super) fn new(new: NewSession, now: Instant) -> (String, Self) {
        let live = Self {
            user: new.user,
            started_at: now,
            used_at: now,
            ends_at: new.life.and_then(|life| now.checked_add(life)),
            device: new.device,
            token: new.token,
            pages: HashSet::new(),
            promo_due: true,
        };
        (new.id, live)
    }

    /// When it is over if nobody uses it any more, and why.
    pub(super) fn due(&self, idle: Duration) -> Option<(Instant, EndReason)> {
        let life = self.ends_at.map(|at| (at, EndReason::Life));
        let idle = self.used_at.checked_add(idle);
        let idle = idle.map(|at| (at, EndReason::Idle));
        life.into_iter().chain(idle).min_by_key(|(at, _)| *at)
    }

    pub(super) fn gone(self, id: &str, reason: EndReason, at: Instant) -> Gone {
        Gone {
            id: id.to_owned(),
            user: self.user,
            reason,
            lived: at.saturating_duration_since(self.started_at),
            started_at: self.started_at,
        }
    }
}
