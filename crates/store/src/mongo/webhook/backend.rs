//! The contract, handed to the operations, each with its limit of time.

use async_trait::async_trait;
use formhand_domain::WebhookName;
use jiff::Timestamp;

use super::{
    super::{open::MongoStore, within::within},
    delivery, endpoint, list,
    remove::remove,
};
use crate::{
    Delivery, DeliveryCount, DeliveryCursor, DeliveryFilter, DeliveryPage, NewDelivery, StoreError,
    Webhook, WebhookState, Webhooks,
};

type Result<T, E = StoreError> = std::result::Result<T, E>;

#[async_trait]
impl Webhooks for MongoStore {
    async fn webhooks(&self) -> Result<Vec<Webhook>> {
        within(endpoint::all(&self.db)).await
    }

    async fn webhook(&self, name: &WebhookName) -> Result<Option<Webhook>> {
        within(endpoint::find(&self.db, name)).await
    }

    async fn begin_webhook(&self, name: &WebhookName, place: u64) -> Result<Webhook> {
        within(endpoint::begin(&self.db, name, place)).await
    }

    async fn save_webhook(
        &self,
        name: &WebhookName,
        was: u64,
        state: WebhookState,
    ) -> Result<bool> {
        within(endpoint::save(&self.db, name, was, &state)).await
    }

    async fn make_deliveries(
        &self,
        name: &WebhookName,
        place: u64,
        new: Vec<NewDelivery>,
        now: Timestamp,
    ) -> Result<()> {
        within(delivery::make(&self.db, name, new, now)).await?;
        // Only then: a crash in between has them made once more, which changes nothing.
        within(endpoint::advance(&self.db, name, place)).await
    }

    async fn due_deliveries(
        &self,
        name: &WebhookName,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<Delivery>> {
        within(list::due(&self.db, name, now, limit)).await
    }

    async fn next_delivery_at(&self, name: &WebhookName) -> Result<Option<Timestamp>> {
        within(list::next_at(&self.db, name)).await
    }

    async fn delivery(&self, name: &WebhookName, id: &str) -> Result<Option<Delivery>> {
        within(delivery::find(&self.db, name, id)).await
    }

    async fn save_delivery(&self, changed: Delivery) -> Result<bool> {
        within(delivery::save(&self.db, &changed)).await
    }

    async fn deliveries(
        &self,
        name: &WebhookName,
        filter: DeliveryFilter,
        after: Option<DeliveryCursor>,
        limit: u32,
    ) -> Result<DeliveryPage> {
        within(list::page(&self.db, name, &filter, after, limit)).await
    }

    async fn delivery_counts(&self) -> Result<Vec<DeliveryCount>> {
        within(list::counts(&self.db)).await
    }

    async fn remove_deliveries(
        &self,
        delivered: Timestamp,
        failed: Timestamp,
        made: Timestamp,
        limit: u32,
    ) -> Result<u64> {
        within(remove(&self.db, (delivered, failed, made), limit)).await
    }
}
