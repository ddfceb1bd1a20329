//! What a person asks of webhooks, at any server.

use std::sync::Arc;

use formhand_domain::{Clock, JobId, WebhookName, hex};
use formhand_store::{
    Delivery, DeliveryCount, DeliveryState, NewDelivery, Store, StoreError, Webhook,
};
use futures_util::{TryStreamExt as _, stream};
use jiff::{SignedDuration, Timestamp};

use super::{
    Tried, TriedResult, WebhookSetup, WebhooksSetup,
    deliver::{Endpoint, change},
    telling::{happened, test_body},
};
use crate::post::TlsError;

/// Entries of the audit that one call looks through, so that it ends in time.
const BATCH: u32 = 500;

/// Replays at a time: the store makes their changes durable together.
const TOGETHER: usize = 16;

/// Is told of each try.
type OnTry = dyn Fn(&WebhookName, &TriedResult) + Send + Sync;

/// What every server knows of webhooks: what is configured, and what is in the store.
#[derive(Clone)]
pub struct WebhookDesk {
    pub(super) store: Arc<dyn Store>,
    pub(super) clock: Arc<dyn Clock>,
    /// From 0 to 1.
    pub(super) random: fn() -> f64,
    pub(super) keep_delivered: SignedDuration,
    pub(super) keep_failed: SignedDuration,
    endpoints: Arc<Vec<Endpoint>>,
    on_try: Arc<OnTry>,
}

/// A webhook of the configuration, with what is known of it.
#[derive(Debug, Clone)]
pub struct Known {
    /// What is configured.
    pub setup: WebhookSetup,
    /// How it stands; nothing before a server has delivered for it.
    pub webhook: Option<Webhook>,
    /// How many deliveries there are.
    pub counts: Vec<DeliveryCount>,
}

/// Which events are sent once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhichEvents {
    /// All since this moment, seen to before this entry of the audit; nothing is from the newest one on.
    Since(Timestamp, Option<u64>),
    /// The newest ones of this job.
    OfJob(JobId),
}

/// What was replayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replayed {
    /// How many deliveries are sent once more, or for the first time.
    pub count: u64,
    /// Where the next call goes on; nothing if it was all.
    pub next: Option<u64>,
}

impl WebhookDesk {
    /// A desk over a store. Nothing is sent by it unless it is asked for.
    pub fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        random: fn() -> f64,
        setup: WebhooksSetup,
    ) -> Result<Self, TlsError> {
        let endpoints = setup.webhooks.into_iter();
        let endpoints = endpoints.map(|webhook| Endpoint::new(webhook, setup.limit));
        Ok(Self {
            store,
            clock,
            random,
            keep_delivered: setup.keep_delivered,
            keep_failed: setup.keep_failed,
            endpoints: Arc::new(endpoints.collect::<Result<_, _>>()?),
            on_try: Arc::new(|_, _| {}),
        })
    }

    /// The same, which tells somebody of each try.
    #[must_use]
    pub fn counting(
        self,
        on_try: impl Fn(&WebhookName, &TriedResult) + Send + Sync + 'static,
    ) -> Self {
        Self {
            on_try: Arc::new(on_try),
            ..self
        }
    }

    /// Begins the webhooks that are new: what happens from now on is told.
    pub async fn begin(&self) -> Result<(), StoreError> {
        let mut place = None;
        for endpoint in self.endpoints().filter(|endpoint| endpoint.setup.enabled) {
            let name = &endpoint.setup.name;
            if self.store.webhook(name).await?.is_some() {
                continue;
            }
            let place = match place {
                Some(place) => place,
                None => *place.insert(self.newest().await?),
            };
            self.store.begin_webhook(name, place).await?;
            tracing::info!(webhook = %name, "a new webhook is told what happens from now on");
        }
        Ok(())
    }

    /// What is configured, in its order, with what is known of it.
    pub async fn known(&self) -> Result<Vec<Known>, StoreError> {
        if self.endpoints.is_empty() {
            return Ok(Vec::new());
        }
        let (webhooks, counts) =
            tokio::try_join!(self.store.webhooks(), self.store.delivery_counts())?;
        let known = |endpoint: &Endpoint| {
            let name = &endpoint.setup.name;
            let counts = counts.iter().filter(|count| count.webhook == *name);
            Known {
                setup: endpoint.setup.clone(),
                webhook: webhooks.iter().find(|known| known.name == *name).cloned(),
                counts: counts.cloned().collect(),
            }
        };
        Ok(self.endpoints().map(known).collect())
    }

    /// Whether there is a webhook of this name in the configuration.
    pub fn setup(&self, name: &WebhookName) -> Option<&WebhookSetup> {
        self.find(name).map(|endpoint| &endpoint.setup)
    }

    /// The names of all webhooks of the configuration.
    pub fn names(&self) -> impl Iterator<Item = &WebhookName> {
        self.endpoints().map(|endpoint| &endpoint.setup.name)
    }

    /// Sends one delivery once more, under the same id. Nothing if there is none of this id; one that is still to be sent
    /// is tried at once.
    pub async fn replay(
        &self,
        name: &WebhookName,
        id: &str,
    ) -> Result<Option<Delivery>, StoreError> {
        let now = self.clock.now();
        loop {
            let Some(delivery) = self.store.delivery(name, id).await? else {
                return Ok(None);
            };
            let replayed = delivery.replayed(now);
            if self.store.save_delivery(replayed.clone()).await? {
                self.wake(name).await;
                return Ok(Some(replayed));
            }
        }
    }

    /// Sends all such events once more that the webhook is to be told: also those that it was never told, for instance
    /// as it was not configured then.
    pub async fn replay_many(
        &self,
        name: &WebhookName,
        which: WhichEvents,
    ) -> Result<Replayed, StoreError> {
        let Some(endpoint) = self.find(name) else {
            return Ok(Replayed {
                count: 0,
                next: None,
            });
        };
        let (entries, next) = match which {
            WhichEvents::OfJob(job) => (self.store.history(job, BATCH).await?, None),
            WhichEvents::Since(since, before) => {
                let mut entries = self.store.audit_before(before, BATCH).await?;
                let last = entries.last().map(|entry| entry.seq);
                entries.retain(|entry| entry.at >= since);
                let is_all = entries.len() < BATCH as usize;
                (entries, last.filter(|_| !is_all))
            }
        };
        let mut messages: Vec<(Timestamp, NewDelivery)> = Vec::new();
        for entry in entries {
            if let Some(happened) = happened(self.store.as_ref(), entry).await?
                && happened.is_for(&endpoint.setup)
            {
                messages.push((happened.at, happened.message()));
            }
        }
        let count = messages.len() as u64;
        self.send_again(name, messages).await?;
        Ok(Replayed { count, next })
    }

    async fn send_again(
        &self,
        name: &WebhookName,
        messages: Vec<(Timestamp, NewDelivery)>,
    ) -> Result<(), StoreError> {
        if messages.is_empty() {
            return Ok(());
        }
        let now = self.clock.now();
        self.store.begin_webhook(name, self.newest().await?).await?;
        let new: Vec<NewDelivery> = messages.iter().map(|(_, new)| new.clone()).collect();
        self.store.make_deliveries(name, 0, new, now).await?;
        stream::iter(messages.into_iter().map(Ok))
            .try_for_each_concurrent(TOGETHER, |(at, message)| async move {
                let delivery = self.store.delivery(name, &message.id).await?;
                let ended =
                    delivery.filter(|one| !matches!(one.state, DeliveryState::Pending { .. }));
                if let Some(ended) = ended {
                    // Due since it happened, so that all are sent in that order. If another replays it too, one is enough.
                    self.store
                        .save_delivery(ended.replayed(at.min(now)))
                        .await?;
                }
                Ok::<_, StoreError>(())
            })
            .await?;
        self.wake(name).await;
        Ok(())
    }

    /// Sends a test from this server, and waits for what becomes of it. It is not tried again.
    pub async fn test(&self, name: &WebhookName) -> Option<Tried> {
        let endpoint = self.find(name)?;
        let now = self.clock.now();
        let id = format!("msg_test_{}", hex(&rand::random::<[u8; 16]>()));
        Some(endpoint.send(&id, &test_body(now), now).await)
    }

    /// Switches a webhook on again. What has happened meanwhile is told, unless it is to be left out.
    pub async fn enable(&self, name: &WebhookName, skip_missed: bool) -> Result<(), StoreError> {
        let now = self.clock.now();
        if skip_missed {
            let place = self.newest().await?;
            self.store
                .make_deliveries(name, place, Vec::new(), now)
                .await?;
        }
        change(self, name, |state| {
            state.off = None;
            state.failing = None;
            state.asked_at = Some(now);
        })
        .await
    }

    /// The addresses that there are.
    pub(super) fn endpoints(&self) -> std::slice::Iter<'_, Endpoint> {
        self.endpoints.iter()
    }

    pub(super) fn counted(&self, name: &WebhookName, result: &TriedResult) {
        (self.on_try)(name, result);
    }

    fn find(&self, name: &WebhookName) -> Option<&Endpoint> {
        self.endpoints()
            .find(|endpoint| endpoint.setup.name == *name)
    }

    /// Has whoever delivers look at once.
    async fn wake(&self, name: &WebhookName) {
        let now = self.clock.now();
        let asked = change(self, name, |state| state.asked_at = Some(now)).await;
        if let Err(error) = asked {
            tracing::warn!(webhook = %name, %error, "what is sent once more waits for half a minute at most");
        }
    }

    /// The number of the newest entry of the audit.
    async fn newest(&self) -> Result<u64, StoreError> {
        let newest = self.store.audit_before(None, 1).await?;
        Ok(newest.first().map_or(0, |entry| entry.seq))
    }
}
