//! The part of the contract that is about webhooks.

use async_trait::async_trait;
use formhand_domain::WebhookName;
use jiff::Timestamp;

use super::{
    Delivery, DeliveryCount, DeliveryCursor, DeliveryFilter, DeliveryPage, NewDelivery, Webhook,
    WebhookState,
};
use crate::StoreError;

/// Webhooks and their deliveries.
///
/// What is told follows from the audit, which is durable with each change of a job. A webhook has a place in the audit;
/// moving it on and making the deliveries for what lies before it can be done again after a crash, and makes nothing twice.
#[async_trait]
pub trait Webhooks {
    /// All that are known, also those that are configured no more, in the order of their names.
    async fn webhooks(&self) -> Result<Vec<Webhook>, StoreError>;

    /// One of them; nothing before it was begun.
    async fn webhook(&self, name: &WebhookName) -> Result<Option<Webhook>, StoreError>;

    /// Begins a webhook at this place of the audit, and gives it. One that is known stays as it is.
    async fn begin_webhook(&self, name: &WebhookName, place: u64) -> Result<Webhook, StoreError>;

    /// Writes how a webhook stands, on the condition that this is still what was read. False if somebody else has written
    /// meanwhile, or nobody has begun it.
    async fn save_webhook(
        &self,
        name: &WebhookName,
        was: u64,
        state: WebhookState,
    ) -> Result<bool, StoreError>;

    /// Makes deliveries, to be sent at once, and then moves the place of the webhook on; never back. Those that are there
    /// already stay as they are. A crash may leave deliveries made and the place where it was.
    async fn make_deliveries(
        &self,
        name: &WebhookName,
        place: u64,
        new: Vec<NewDelivery>,
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// Deliveries of a webhook that are to be sent, in the order in which they are due, and of one time by id.
    async fn due_deliveries(
        &self,
        name: &WebhookName,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<Delivery>, StoreError>;

    /// When the next delivery of a webhook is due.
    async fn next_delivery_at(&self, name: &WebhookName) -> Result<Option<Timestamp>, StoreError>;

    /// One delivery.
    async fn delivery(&self, name: &WebhookName, id: &str) -> Result<Option<Delivery>, StoreError>;

    /// Writes state and tries of a delivery, on the condition that it still has the revision that it carries. False if it
    /// has been changed meanwhile, or is gone.
    async fn save_delivery(&self, delivery: Delivery) -> Result<bool, StoreError>;

    /// A page of the deliveries of a webhook, newest first. `limit` is capped at 500.
    async fn deliveries(
        &self,
        name: &WebhookName,
        filter: DeliveryFilter,
        after: Option<DeliveryCursor>,
        limit: u32,
    ) -> Result<DeliveryPage, StoreError>;

    /// How many deliveries there are of each webhook and state.
    async fn delivery_counts(&self) -> Result<Vec<DeliveryCount>, StoreError>;

    /// Removes deliveries that were taken, or given up, before these times, and all that were made before `made`. Gives how
    /// many it were; at most `limit`.
    async fn remove_deliveries(
        &self,
        delivered: Timestamp,
        failed: Timestamp,
        made: Timestamp,
        limit: u32,
    ) -> Result<u64, StoreError>;
}
