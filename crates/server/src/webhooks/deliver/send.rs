//! Sending what is due to one webhook.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicBool, Ordering},
};

use formhand_domain::WebhookName;
use formhand_store::{
    Delivery, DeliveryState, StoreError, SwitchedOff, WebhookFailing, WebhookState,
};
use futures_util::{TryStreamExt as _, stream};
use jiff::Timestamp;

use super::{Endpoint, Tried, TriedResult, schedule::after_failure, turn::Turn};
use crate::webhooks::WebhookDesk;

/// Deliveries that are read at once.
const BATCH: u32 = 64;

/// Deliveries of a webhook that are under way at once, each of another job.
const TOGETHER: usize = 4;

/// One webhook, while what is due is sent to it.
struct Sending<'a> {
    desk: &'a WebhookDesk,
    endpoint: &'a Endpoint,
    turn: &'a Turn,
    /// Whether it is known to take nothing.
    is_failing: AtomicBool,
    /// Whether it wants nothing any more.
    is_gone: AtomicBool,
}

/// Sends all that is due, and says when something is due again; nothing if this server is not to send, or nothing waits.
pub(super) async fn send_due(
    desk: &WebhookDesk,
    endpoint: &Endpoint,
    turn: &Turn,
) -> Result<Option<Timestamp>, StoreError> {
    let name = &endpoint.setup.name;
    loop {
        let now = desk.clock.now();
        if !endpoint.setup.enabled || !turn.lasts(now) {
            return Ok(None);
        }
        let state = match desk.store.webhook(name).await? {
            Some(webhook) if webhook.state.off.is_none() => webhook.state,
            _ => return Ok(None),
        };
        let due = desk.store.due_deliveries(name, now, BATCH).await?;
        if due.is_empty() {
            return desk.store.next_delivery_at(name).await;
        }
        let sending = Sending {
            desk,
            endpoint,
            turn,
            is_failing: AtomicBool::new(state.failing.is_some()),
            is_gone: AtomicBool::new(false),
        };
        stream::iter(by_job(due).into_iter().map(Ok))
            .try_for_each_concurrent(TOGETHER, |deliveries| sending.send_all(deliveries))
            .await?;
    }
}

/// Those of one job in their order, after one another.
fn by_job(due: Vec<Delivery>) -> Vec<Vec<Delivery>> {
    let mut groups: Vec<Vec<Delivery>> = Vec::new();
    let mut places = BTreeMap::new();
    for delivery in due {
        let place = match delivery.message.job {
            Some(job) => *places.entry(job).or_insert(groups.len()),
            None => groups.len(),
        };
        match groups.get_mut(place) {
            Some(group) => group.push(delivery),
            None => groups.push(vec![delivery]),
        }
    }
    groups
}

impl Sending<'_> {
    async fn send_all(&self, deliveries: Vec<Delivery>) -> Result<(), StoreError> {
        for delivery in deliveries {
            let may_go_on = self.turn.lasts(self.desk.clock.now());
            if !may_go_on || self.is_gone.load(Ordering::Relaxed) {
                return Ok(());
            }
            self.send(delivery).await?;
        }
        Ok(())
    }

    async fn send(&self, delivery: Delivery) -> Result<(), StoreError> {
        let DeliveryState::Pending { tries, .. } = delivery.state else {
            return Ok(());
        };
        let (id, now) = (delivery.message.id.clone(), self.desk.clock.now());
        let tried = self.endpoint.send(&id, &delivery.message.body, now).await;
        self.desk.counted(&self.endpoint.setup.name, &tried.result);
        let now = self.desk.clock.now();
        let state = match &tried.result {
            TriedResult::Taken => DeliveryState::Delivered { at: now },
            other => {
                let retry_after = match other {
                    TriedResult::Refused { retry_after } => retry_after.as_deref(),
                    _ => None,
                };
                after_failure(
                    tries.saturating_add(1),
                    retry_after,
                    now,
                    (self.desk.random)(),
                )
            }
        };
        self.log(&delivery, &tried, &state);
        let changed = delivery.tried(tried.noted.clone(), state);
        // One that was replayed or sent by another meanwhile stays as that has left it.
        self.desk.store.save_delivery(changed).await?;
        self.note(&tried, now).await
    }

    /// Notes how the webhook stands, where that changes.
    async fn note(&self, tried: &Tried, now: Timestamp) -> Result<(), StoreError> {
        let name = &self.endpoint.setup.name;
        let said = || tried.noted.error.clone().unwrap_or_default();
        let was_failing = self
            .is_failing
            .swap(tried.result != TriedResult::Taken, Ordering::Relaxed);
        match &tried.result {
            TriedResult::Taken if was_failing => {
                change(self.desk, name, |state| state.failing = None).await
            }
            TriedResult::Taken => Ok(()),
            TriedResult::Gone => {
                self.is_gone.store(true, Ordering::Relaxed);
                let off = || SwitchedOff {
                    at: now,
                    said: said(),
                };
                change(self.desk, name, |state| {
                    state.off.get_or_insert_with(off);
                })
                .await
            }
            _ if was_failing => Ok(()),
            _ => {
                let failing = || WebhookFailing {
                    since: now,
                    said: said(),
                };
                change(self.desk, name, |state| {
                    state.failing.get_or_insert_with(failing);
                })
                .await
            }
        }
    }

    fn log(&self, delivery: &Delivery, tried: &Tried, state: &DeliveryState) {
        let (webhook, message) = (&self.endpoint.setup.name, &delivery.message.id);
        let error = tried.noted.error.as_deref().unwrap_or_default();
        match (&tried.result, state) {
            (TriedResult::Taken, _) => {
                tracing::debug!(%webhook, message, "a webhook has taken a message");
            }
            (TriedResult::Gone, _) => {
                tracing::error!(code = "webhook_off", %webhook, "a webhook wants nothing any more and is switched off");
            }
            (_, DeliveryState::Failed { .. }) => {
                tracing::error!(code = "webhook_given_up", %webhook, message, error, "a message was not taken in days and is given up");
            }
            _ => {
                tracing::warn!(code = "webhook_not_taken", %webhook, message, error, "a webhook has not taken a message; it is tried again");
            }
        }
    }
}

/// Changes how a webhook stands, on what others have written meanwhile. Nothing is written if nothing changes.
pub(in crate::webhooks) async fn change(
    desk: &WebhookDesk,
    name: &WebhookName,
    mut how: impl FnMut(&mut WebhookState),
) -> Result<(), StoreError> {
    loop {
        let Some(webhook) = desk.store.webhook(name).await? else {
            return Ok(());
        };
        let mut state = webhook.state.clone();
        how(&mut state);
        let is_same = state == webhook.state;
        if is_same
            || desk
                .store
                .save_webhook(name, webhook.revision, state)
                .await?
        {
            return Ok(());
        }
    }
}
