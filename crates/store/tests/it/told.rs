//! What a store has told. A signal may come shortly after the write that it tells of, so nobody can see that there is
//! none; but signals come in order, so a write that comes later tells that nothing was told before.

use std::sync::atomic::{AtomicU32, Ordering};

use formhand_store::{Change, Store};
use tokio::sync::broadcast::Receiver;

use crate::given::{record, submitted};

/// Listens to one handle, through which everything that it is to hear of is written.
pub(crate) struct Listener<'a> {
    store: &'a dyn Store,
    changes: Receiver<Change>,
}

impl<'a> Listener<'a> {
    /// Hears what is written from now on, and perhaps what was written just before.
    pub(crate) fn of(store: &'a dyn Store) -> Self {
        Self {
            store,
            changes: store.changes(),
        }
    }

    /// All that was told since this was last asked.
    pub(crate) async fn heard(&mut self) -> Vec<Change> {
        static COUNT: AtomicU32 = AtomicU32::new(1);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let mark = submitted(self.store, record(&format!("mark {count}"))).await;
        let mut heard = Vec::new();
        loop {
            match self.changes.recv().await.unwrap() {
                Change::Job(entry) if entry.job == mark => return heard,
                change => heard.push(change),
            }
        }
    }

    /// The events of jobs that were told since this was last asked, if nothing else was.
    pub(crate) async fn events(&mut self) -> Vec<String> {
        let heard = self.heard().await.into_iter();
        heard
            .map(|change| match change {
                Change::Job(entry) => entry.event,
                other => panic!("{other:?} is no change of a job"),
            })
            .collect()
    }
}
