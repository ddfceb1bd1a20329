//! Sessions end, each with its line in the ledger at the moment when it does.

use std::sync::Arc;

use tokio::time::{Instant, sleep_until};

use super::hash;
use super::live::Gone;
use crate::ledger::{EndReason, Event, SessionEnd};
use crate::world::World;

/// Ends sessions whose time has come, for as long as the portal runs. A request finds out by itself; this is for those
/// who wait for the end.
pub(crate) async fn end_in_time(world: Arc<World>) {
    loop {
        let next = world.end_due_sessions();
        let due = async {
            match next {
                Some(at) => sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = due => {}
            // It may end before the others.
            () = world.session_started.notified() => {}
        }
    }
}

impl World {
    /// Ends the sessions of one user, or all. Says how many there were.
    pub(crate) fn expire_sessions(&self, user: Option<&str>, reason: EndReason) -> usize {
        let mut inner = self.lock();
        let gone = inner.sessions.expire(user, reason, Instant::now());
        let count = gone.len();
        self.record_ends(gone);
        self.ledger.write(user, None, Event::Expired { count });
        count
    }

    pub(crate) fn end_session(&self, id: &str, reason: EndReason) {
        let mut inner = self.lock();
        let gone = inner.sessions.end(id, reason, Instant::now());
        self.record_ends(gone);
    }

    /// Writes down that sessions ended. Called with the lock held: nobody is refused before the ledger says why.
    pub(crate) fn record_ends(&self, gone: impl IntoIterator<Item = Gone>) {
        for gone in gone {
            let end = SessionEnd {
                reason: gone.reason,
                lived_ms: u64::try_from(gone.lived.as_millis()).unwrap_or(u64::MAX),
            };
            let session = hash(&gone.id);
            self.ledger
                .write(Some(&gone.user), Some(&session), Event::SessionEnded(end));
        }
    }

    /// Says when the next one is over.
    fn end_due_sessions(&self) -> Option<Instant> {
        let mut inner = self.lock();
        let gone = inner.sessions.end_due(Instant::now());
        self.record_ends(gone);
        inner.sessions.next_due()
    }
}
