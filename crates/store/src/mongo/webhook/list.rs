//! Many deliveries at once.

use formhand_domain::WebhookName;
use futures_util::TryStreamExt;
use jiff::Timestamp;
use mongodb::bson::{Document, doc};

use super::{
    super::{
        collections::Collections,
        document::{count, number, optional_number, text},
    },
    delivery::read,
};
use crate::{
    Delivery, DeliveryCount, DeliveryCursor, DeliveryFilter, DeliveryPage, StoreError, json, time,
};

/// More than anybody reads at once.
const MOST: u32 = 500;

/// Those that are to be sent.
pub(super) async fn due(
    store: &Collections,
    webhook: &WebhookName,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<Delivery>, StoreError> {
    if limit == 0 {
        return Ok(Vec::new());
    }
    let due = doc! { "webhook": webhook.as_str(), "next_at": { "$lte": time::present(now) } };
    find(store, due, doc! { "next_at": 1, "id": 1 }, limit).await
}

/// When the next one is due.
pub(super) async fn next_at(
    store: &Collections,
    webhook: &WebhookName,
) -> Result<Option<Timestamp>, StoreError> {
    let first = store
        .deliveries
        .find_one(doc! { "webhook": webhook.as_str(), "next_at": { "$exists": true } })
        .sort(doc! { "next_at": 1 })
        .projection(doc! { "next_at": 1 })
        .await?;
    first
        .map(|first| time::read(number(&first, "next_at")?))
        .transpose()
}

/// A page of them, newest first.
pub(super) async fn page(
    store: &Collections,
    webhook: &WebhookName,
    filter: &DeliveryFilter,
    after: Option<DeliveryCursor>,
    limit: u32,
) -> Result<DeliveryPage, StoreError> {
    let limit = limit.clamp(1, MOST);
    let mut which = doc! { "webhook": webhook.as_str() };
    if let Some(state) = filter.state {
        which.insert("status", state);
    }
    if let Some(job) = filter.job {
        which.insert("job", job.to_string());
    }
    if let Some(since) = filter.since {
        which.insert("made_at", doc! { "$gte": time::stored(since) });
    }
    if let Some(after) = after {
        let at = time::stored(after.made_at);
        let behind = [
            doc! { "made_at": { "$lt": at } },
            doc! { "made_at": at, "id": { "$lt": after.id } },
        ];
        which.insert("$or", behind.to_vec());
    }
    let order = doc! { "made_at": -1, "id": -1 };
    let deliveries = find(store, which, order, limit + 1).await?;
    Ok(DeliveryPage::of(deliveries, limit))
}

/// How many there are of each webhook and state.
pub(super) async fn counts(store: &Collections) -> Result<Vec<DeliveryCount>, StoreError> {
    let by_state = doc! { "$group": {
        "_id": { "webhook": "$webhook", "status": "$status" },
        "count": { "$sum": 1_i64 },
        "oldest": { "$min": "$made_at" },
        "last": { "$max": "$ended_at" },
    } };
    let order = doc! { "$sort": { "_id.webhook": 1, "_id.status": 1 } };
    let found: Vec<Document> = store
        .deliveries
        .aggregate([by_state, order])
        .await?
        .try_collect()
        .await?;
    found.iter().map(counted).collect()
}

fn counted(found: &Document) -> Result<DeliveryCount, StoreError> {
    let unfit = |_| StoreError::Corrupt("a count of deliveries that names none".into());
    let of = found.get_document("_id").map_err(unfit)?;
    let last = optional_number(found, "last")?;
    Ok(DeliveryCount {
        webhook: json::parse(WebhookName::new(text(of, "webhook")?))?,
        state: text(of, "status")?.to_owned(),
        count: count(found, "count")?,
        oldest_made_at: time::read(number(found, "oldest")?)?,
        last_ended_at: last.map(time::read).transpose()?,
    })
}

async fn find(
    store: &Collections,
    which: Document,
    order: Document,
    limit: u32,
) -> Result<Vec<Delivery>, StoreError> {
    let found: Vec<Document> = store
        .deliveries
        .find(which)
        .sort(order)
        .limit(i64::from(limit))
        .await?
        .try_collect()
        .await?;
    found.iter().map(|found| read(&store.seal, found)).collect()
}
