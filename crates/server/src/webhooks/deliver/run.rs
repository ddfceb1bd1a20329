//! Round after round: when something changes, when something is due, and now and then.

use std::time::Duration;

use formhand_store::Change;
use futures_util::future::join_all;
use jiff::SignedDuration;
use tokio::{
    sync::broadcast::{
        Receiver,
        error::{RecvError, TryRecvError},
    },
    time::sleep,
};
use tokio_util::sync::CancellationToken;

use super::{
    Deliverer, Endpoint,
    round::{EVERY, Making},
    send::send_due,
    turn::Turn,
};
use crate::webhooks::WebhookDesk;

/// Changes come in swarms; one round is enough for those of so long.
const TOGETHER: Duration = Duration::from_millis(100);

/// After a store that did not answer.
const PAUSE: Duration = Duration::from_secs(5);

impl Deliverer {
    /// Delivers until it is stopped.
    pub async fn run(self, stop: CancellationToken) {
        let (desk, turn, making) = self.split();
        if desk.endpoints().next().is_none() {
            return;
        }
        let sending = desk
            .endpoints()
            .map(|endpoint| send(&desk, endpoint, &turn));
        tokio::select! {
            () = stop.cancelled() => {}
            () = make(&desk, &turn, making) => {}
            _ = join_all(sending) => {}
        }
        if let Err(error) = turn.give_back().await {
            tracing::warn!(%error, "another server delivers webhooks only after a while");
        }
    }
}

async fn make(desk: &WebhookDesk, turn: &Turn, mut making: Making) {
    // Before the first look, so that nothing comes between.
    let mut changes = desk.store.changes();
    loop {
        let wait = match making.round(desk, turn).await {
            Ok(()) => EVERY.unsigned_abs(),
            Err(error) => {
                tracing::error!(code = "webhooks_failed", %error, "what happened could not be made messages of webhooks");
                PAUSE
            }
        };
        tokio::select! {
            () = sleep(wait) => {}
            () = changed(desk, &mut changes) => {}
        }
    }
}

/// Sends to one webhook, whatever becomes of the others. What is under way at a stop is sent again after the next start.
async fn send(desk: &WebhookDesk, endpoint: &Endpoint, turn: &Turn) {
    loop {
        let longest = EVERY.unsigned_abs();
        let wait = match send_due(desk, endpoint, turn).await {
            Ok(next_at) => next_at.map_or(longest, |next_at| {
                let left: SignedDuration = next_at.duration_since(desk.clock.now());
                Duration::try_from(left).map_or(Duration::ZERO, |left| left.min(longest))
            }),
            Err(error) => {
                let webhook = &endpoint.setup.name;
                tracing::error!(code = "webhooks_failed", %webhook, %error, "what became of a message could not be noted");
                PAUSE
            }
        };
        tokio::select! {
            () = sleep(wait) => {}
            () = endpoint.wake.notified() => {}
        }
    }
}

/// Resolves a little after something has changed that may be told. Meanwhile, whoever asks has it sent at once.
async fn changed(desk: &WebhookDesk, changes: &mut Receiver<Change>) {
    loop {
        match changes.recv().await {
            Ok(Change::Job(entry)) if entry.from == Some(entry.to) => {}
            Ok(Change::Job(_) | Change::Question) => break,
            Ok(Change::Missed) | Err(RecvError::Lagged(_)) => {
                wake_all(desk);
                break;
            }
            Ok(Change::Webhook) => wake_all(desk),
            Ok(Change::Session | Change::Node | Change::SessionEvent(_)) => {}
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
    sleep(TOGETHER).await;
    // What came meanwhile is looked at in the same round.
    loop {
        match changes.try_recv() {
            Ok(Change::Webhook) | Err(TryRecvError::Lagged(_)) => wake_all(desk),
            Ok(_) => {}
            Err(TryRecvError::Empty | TryRecvError::Closed) => return,
        }
    }
}

fn wake_all(desk: &WebhookDesk) {
    for endpoint in desk.endpoints() {
        endpoint.wake.notify_one();
    }
}
