//! Keeping events. What comes in while others are written is written together after them: of one handle no two writes
//! then want the same number.

use formhand_domain::{AccountKey, account::SessionEvent};
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use super::{
    super::{collections::Collections, open::MongoStore, within::within},
    append::append,
};
use crate::StoreError;

/// Events that are written at once.
const BATCH: usize = 500;

/// An event that is to be kept, and who waits for that.
pub(super) struct New {
    pub(super) account: AccountKey,
    pub(super) event: SessionEvent,
    kept: oneshot::Sender<Result<(), StoreError>>,
}

/// Where events are handed over.
pub(in super::super) struct Recording(mpsc::UnboundedSender<New>);

/// Keeps the event; it is durable when this returns.
pub(in super::super) async fn record(
    store: &MongoStore,
    account: AccountKey,
    event: SessionEvent,
) -> Result<(), StoreError> {
    let (kept, answer) = oneshot::channel();
    let new = New {
        account,
        event,
        kept,
    };
    let closed = || StoreError::Gone("it is closed".into());
    store.recording.0.send(new).map_err(|_| closed())?;
    answer.await.unwrap_or_else(|_| Err(closed()))
}

/// Starts the task that keeps them. It ends when it is cancelled.
pub(in super::super) fn start(
    store: Collections,
    closing: CancellationToken,
) -> (Recording, impl Future<Output = ()> + Send) {
    let (sender, receiver) = mpsc::unbounded_channel();
    (Recording(sender), run(store, receiver, closing))
}

async fn run(
    store: Collections,
    mut handed: mpsc::UnboundedReceiver<New>,
    closing: CancellationToken,
) {
    loop {
        let mut batch = Vec::new();
        tokio::select! {
            biased;
            count = handed.recv_many(&mut batch, BATCH) => {
                if count == 0 {
                    return;
                }
            }
            () = closing.cancelled() => return,
        }
        let kept = within(append(&store, &batch)).await;
        for new in batch {
            // Whoever asked may be gone.
            let _ = new.kept.send(kept.clone());
        }
    }
}
