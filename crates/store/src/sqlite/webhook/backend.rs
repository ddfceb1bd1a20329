//! The contract, handed to the operations.

use async_trait::async_trait;
use formhand_domain::WebhookName;
use jiff::Timestamp;

use super::{super::open::SqliteStore, delivery, endpoint, list, remove::remove};
use crate::{
    Delivery, DeliveryCount, DeliveryCursor, DeliveryFilter, DeliveryPage, NewDelivery, StoreError,
    Webhook, WebhookState, Webhooks,
};

type Result<T, E = StoreError> = std::result::Result<T, E>;

#[async_trait]
impl Webhooks for SqliteStore {
    async fn webhooks(&self) -> Result<Vec<Webhook>> {
        self.read(endpoint::all).await
    }

    async fn webhook(&self, name: &WebhookName) -> Result<Option<Webhook>> {
        self.read_of(name, endpoint::find).await
    }

    async fn begin_webhook(&self, name: &WebhookName, place: u64) -> Result<Webhook> {
        self.write_of(name, move |to, name| endpoint::begin(to, name, place))
            .await
    }

    async fn save_webhook(
        &self,
        name: &WebhookName,
        was: u64,
        state: WebhookState,
    ) -> Result<bool> {
        self.write_of(name, move |to, name| endpoint::save(to, name, was, &state))
            .await
    }

    async fn make_deliveries(
        &self,
        name: &WebhookName,
        place: u64,
        new: Vec<NewDelivery>,
        now: Timestamp,
    ) -> Result<()> {
        self.write_of(name, move |to, name| {
            delivery::make(to, name, &new, now)?;
            endpoint::advance(to, name, place)
        })
        .await
    }

    async fn due_deliveries(
        &self,
        name: &WebhookName,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<Delivery>> {
        self.read_of(name, move |db, name| list::due(db, name, now, limit))
            .await
    }

    async fn next_delivery_at(&self, name: &WebhookName) -> Result<Option<Timestamp>> {
        self.read_of(name, list::next_at).await
    }

    async fn delivery(&self, name: &WebhookName, id: &str) -> Result<Option<Delivery>> {
        let id = id.to_owned();
        self.read_of(name, move |db, name| delivery::find(db, name, &id))
            .await
    }

    async fn save_delivery(&self, changed: Delivery) -> Result<bool> {
        self.write(move |to| delivery::save(to, &changed)).await
    }

    async fn deliveries(
        &self,
        name: &WebhookName,
        filter: DeliveryFilter,
        after: Option<DeliveryCursor>,
        limit: u32,
    ) -> Result<DeliveryPage> {
        self.read_of(name, move |db, name| {
            list::page(db, name, &filter, after.as_ref(), limit)
        })
        .await
    }

    async fn delivery_counts(&self) -> Result<Vec<DeliveryCount>> {
        self.read(list::counts).await
    }

    async fn remove_deliveries(
        &self,
        delivered: Timestamp,
        failed: Timestamp,
        made: Timestamp,
        limit: u32,
    ) -> Result<u64> {
        self.write(move |to| remove(to, (delivered, failed, made), limit))
            .await
    }
}
