//! The task that numbers what this handle writes, beside the writes.

use std::{collections::HashMap, time::Duration};

use tokio::{
    sync::{mpsc, oneshot},
    time::MissedTickBehavior,
};
use tokio_util::sync::CancellationToken;

use super::{
    super::{collections::Collections, within::within},
    Unnumbered,
    number::{number_all, number_these},
};

/// Entries that are numbered at once.
const BATCH: usize = 500;

/// How often it is looked whether somebody has died and left entries without a number. A net only: each server numbers
/// its own, and whoever reads the audit numbers what there is.
const SWEEP: Duration = Duration::from_secs(5);

/// Jobs whose last numbered entry is remembered.
const REMEMBERED: usize = 10_000;

/// Where entries are handed over.
#[derive(Clone)]
pub(in super::super) struct Numbering(mpsc::UnboundedSender<Handed>);

/// What is handed over: entries, and who waits until they have their numbers.
type Handed = (Vec<Unnumbered>, Option<oneshot::Sender<()>>);

impl Numbering {
    /// Has these entries numbered, soon. They are durable already.
    pub(in super::super) fn hand_over(&self, entries: Vec<Unnumbered>) {
        // A task that is gone leaves them to the next reader.
        let _ = self.0.send((entries, None));
    }

    /// Resolves when what was handed over before has been numbered.
    pub(in super::super) async fn until_numbered(&self) {
        let (done, numbered) = oneshot::channel();
        if self.0.send((Vec::new(), Some(done))).is_ok() {
            // An error means that the task has ended.
            let _ = numbered.await;
        }
    }
}

/// Starts the task. It ends when it is cancelled, with what it has at hand.
pub(in super::super) fn start(
    store: Collections,
    closing: CancellationToken,
) -> (Numbering, impl Future<Output = ()> + Send) {
    let (sender, receiver) = mpsc::unbounded_channel();
    (Numbering(sender), run(store, receiver, closing))
}

async fn run(
    store: Collections,
    mut handed: mpsc::UnboundedReceiver<Handed>,
    closing: CancellationToken,
) {
    let mut numbered = Remembered::default();
    let mut sweep = tokio::time::interval(SWEEP);
    sweep.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let mut batches = Vec::new();
        tokio::select! {
            biased;
            count = handed.recv_many(&mut batches, BATCH) => {
                if count == 0 {
                    return;
                }
                number(&store, &mut numbered, batches).await;
            }
            () = closing.cancelled() => return,
            _ = sweep.tick() => {
                if let Err(error) = within(number_all(&store)).await {
                    tracing::warn!(%error, "entries of the audit have no number yet");
                }
            }
        }
    }
}

async fn number(store: &Collections, numbered: &mut Remembered, batches: Vec<Handed>) {
    let (entries, waiting): (Vec<_>, Vec<_>) = batches.into_iter().unzip();
    let entries = numbered.without_numbered(entries.into_iter().flatten().collect());
    if !entries.is_empty() {
        number_or_leave(store, numbered, entries).await;
    }
    for done in waiting.into_iter().flatten() {
        // Whoever waited may be gone.
        let _ = done.send(());
    }
}

async fn number_or_leave(store: &Collections, numbered: &mut Remembered, entries: Vec<Unnumbered>) {
    if let Err(error) = within(number_these(store, entries)).await {
        // They are in their jobs, and the next sweep finds them there.
        tracing::warn!(%error, "entries of the audit have no number yet");
        numbered.0.clear();
    }
}

/// How many entries of a job were handed over for numbering, of those that changed lately.
#[derive(Default)]
struct Remembered(HashMap<String, u64>);

impl Remembered {
    /// A job is handed over with what it held before, which most often has its number by now.
    fn without_numbered(&mut self, entries: Vec<Unnumbered>) -> Vec<Unnumbered> {
        if self.0.len() > REMEMBERED {
            self.0.clear();
        }
        let mut new = Vec::new();
        for entry in entries {
            let place = entry.key.rsplit('/').next();
            let place: u64 = place.and_then(|place| place.parse().ok()).unwrap_or(0);
            let last = self.0.entry(entry.job().to_owned()).or_default();
            if place > *last {
                *last = place;
                new.push(entry);
            }
        }
        new
    }
}
