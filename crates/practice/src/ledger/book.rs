//! The book itself: append, read, wait.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::entry::{Entry, Event, Save};
use crate::clock;

/// Append-only until a reset. Readers wait on a counter, so that nothing is missed between a
/// look and a wait.
pub(crate) struct Book {
    entries: Mutex<Vec<Entry>>,
    last_seq: watch::Sender<u64>,
    released: watch::Sender<u64>,
}

/// A request's ticket to wait for its release.
pub(crate) struct Held {
    released: watch::Receiver<u64>,
    since: u64,
}

impl Held {
    /// Returns when everything held has been released, or the portal is gone.
    pub(crate) async fn wait(mut self) {
        let since = self.since;
        let _ = self.released.wait_for(|count| *count > since).await;
    }
}

impl Book {
    pub(crate) fn new() -> Self {
        Self {
            entries: Mutex::new(Vec::new()),
            last_seq: watch::Sender::new(0),
            released: watch::Sender::new(0),
        }
    }

    pub(crate) fn write(&self, user: Option<&str>, session: Option<&str>, event: Event) -> u64 {
        let mut entries = self.lock();
        let seq = *self.last_seq.borrow() + 1;
        entries.push(Entry {
            seq,
            at: clock::now(),
            user: user.map(ToOwned::to_owned),
            session: session.map(ToOwned::to_owned),
            event,
        });
        self.last_seq.send_replace(seq);
        seq
    }

    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.lock().clone()
    }

    /// The entries that satisfy.
    pub(crate) fn all(&self, mut wanted: impl FnMut(&Event) -> bool) -> Vec<Entry> {
        let entries = self.lock();
        let fitting = entries.iter().filter(|entry| wanted(&entry.event));
        fitting.cloned().collect()
    }

    pub(crate) fn last_seq(&self) -> u64 {
        *self.last_seq.borrow()
    }

    /// Saves with their sequence numbers.
    pub(crate) fn saves(&self) -> Vec<Save> {
        let pick = |entry: &Entry| match &entry.event {
            Event::Save(save) => Some(save.clone()),
            _ => None,
        };
        self.lock().iter().filter_map(pick).collect()
    }

    /// The first entry after `seq` that satisfies, now or later.
    pub(crate) async fn when(&self, seq: u64, mut wanted: impl FnMut(&Entry) -> bool) -> Entry {
        let mut seen = seq;
        let mut changes = self.last_seq.subscribe();
        loop {
            let fresh: Vec<Entry> = self.after(seen);
            if let Some(last) = fresh.last() {
                seen = last.seq;
            }
            if let Some(found) = fresh.into_iter().find(&mut wanted) {
                return found;
            }
            if changes.wait_for(|last| *last > seen).await.is_err() {
                // The sender lives in `self`, so this cannot be; waiting is the honest answer.
                std::future::pending::<()>().await;
            }
        }
    }

    pub(crate) fn after(&self, seq: u64) -> Vec<Entry> {
        let entries = self.lock();
        let from = entries.partition_point(|entry| entry.seq <= seq);
        entries[from..].to_vec()
    }

    pub(crate) fn hold(&self) -> Held {
        let released = self.released.subscribe();
        let since = *self.released.borrow();
        Held { released, since }
    }

    pub(crate) fn release(&self) {
        self.released.send_modify(|count| *count += 1);
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
