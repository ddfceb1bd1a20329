//! A real store whose jobs are moved by real transitions, a clock that is moved by hand, and webhooks to real servers.

use std::{
    collections::BTreeSet,
    ops::{Deref, DerefMut},
    time::Duration,
};

use formhand_domain::{Clock as _, NodeId, Secret, WebhookName};
use formhand_server::{
    post::SigningKey,
    webhooks::{Deliverer, EventKind, WebhookSetup, WebhooksSetup},
};
use formhand_store::{Delivery, DeliveryFilter, Store as _, Webhooks as _};
use jiff::SignedDuration;

use super::receiver::{Message, Receiver};
use crate::api::Api;

/// What messages are signed with.
pub(super) const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// What takes its place.
pub(super) const NEW_SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

/// An installation with one deliverer.
pub(super) struct Scene {
    pub(super) api: Api,
    pub(super) deliverer: Deliverer,
}

pub(super) fn key(secret: &str) -> SigningKey {
    SigningKey::parse(&Secret::new(secret)).unwrap()
}

pub(super) fn named(name: &str) -> WebhookName {
    WebhookName::new(name).unwrap()
}

/// A webhook that is told how jobs end.
pub(crate) fn webhook(name: &str, to: &Receiver) -> WebhookSetup {
    WebhookSetup {
        name: named(name),
        url: to.url(),
        keys: vec![key(SECRET)],
        events: EventKind::usual().collect(),
        portals: BTreeSet::new(),
        flows: BTreeSet::new(),
        enabled: true,
    }
}

/// One that is told everything.
pub(super) fn curious(name: &str, to: &Receiver) -> WebhookSetup {
    WebhookSetup {
        events: EventKind::all().collect(),
        ..webhook(name, to)
    }
}

impl Scene {
    /// Webhooks that are told what happens from now on.
    pub(super) async fn new(webhooks: impl IntoIterator<Item = WebhookSetup>) -> Self {
        Self::of(WebhooksSetup {
            webhooks: webhooks.into_iter().collect(),
            ..WebhooksSetup::default()
        })
        .await
    }

    /// The same, with little patience for what does not answer.
    pub(super) async fn hasty(webhooks: impl IntoIterator<Item = WebhookSetup>) -> Self {
        Self::of(WebhooksSetup {
            webhooks: webhooks.into_iter().collect(),
            limit: Duration::from_millis(300),
            ..WebhooksSetup::default()
        })
        .await
    }

    async fn of(setup: WebhooksSetup) -> Self {
        let api = Api::telling(setup);
        api.webhooks.begin().await.unwrap();
        let deliverer = Self::another(&api, "node-a");
        Self { api, deliverer }
    }

    /// Another server, or the next process of this one.
    pub(super) fn another(api: &Api, name: &str) -> Deliverer {
        Deliverer::new(api.webhooks.clone(), NodeId::new(name).unwrap())
    }

    /// Makes and sends all that is due.
    pub(super) async fn round(&mut self) {
        self.deliverer.round().await.unwrap();
    }

    /// The same, and what has come then.
    pub(super) async fn told(&mut self, to: &Receiver) -> Vec<Message> {
        self.round().await;
        to.take()
    }

    pub(super) fn wait(&self, length: SignedDuration) {
        self.api.clock.advance(length);
    }

    /// All messages of a webhook, oldest first.
    pub(super) async fn deliveries(&self, name: &str) -> Vec<Delivery> {
        let all = DeliveryFilter::default();
        let name = named(name);
        let page = self.api.store.deliveries(&name, all, None, 500);
        let mut deliveries = page.await.unwrap().deliveries;
        deliveries.reverse();
        deliveries
    }

    /// Seconds until the first message of a webhook is tried again.
    pub(super) async fn due_in(&self, name: &str) -> i64 {
        let next = self.api.store.next_delivery_at(&named(name)).await.unwrap();
        next.unwrap().duration_since(self.api.clock.now()).as_secs()
    }

    /// A job that is filed.
    pub(super) async fn filed(&self, number: u32) -> String {
        let id = self
            .api
            .plant(&format!("c-{number}"), &format!("T{number}"))
            .await;
        self.api.file(&format!("P-{number}")).await;
        id.to_string()
    }
}

impl Deref for Scene {
    type Target = Api;

    fn deref(&self) -> &Api {
        &self.api
    }
}

impl DerefMut for Scene {
    fn deref_mut(&mut self) -> &mut Api {
        &mut self.api
    }
}

pub(super) fn kinds(messages: &[Message]) -> Vec<String> {
    messages.iter().map(Message::kind).collect()
}

/// The jobs that messages tell of, as JSON, in their order.
pub(super) fn jobs_of(messages: &[Message]) -> Vec<String> {
    let jobs = messages.iter();
    let mut jobs: Vec<_> = jobs
        .map(|one| one.json()["data"]["captchaId"].to_string())
        .collect();
    jobs.sort();
    jobs
}

/// The number of the newest entry of the audit.
pub(super) async fn newest(api: &Api) -> u64 {
    let newest = api.store.audit_before(None, 1).await.unwrap();
    newest[0].seq
}
