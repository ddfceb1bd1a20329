//! Deliveries one by one.

use formhand_domain::WebhookName;
use jiff::Timestamp;
use mongodb::bson::{Document, doc};

use super::super::{
    collections::Collections,
    document::{count, number, optional_text, state, stored, text},
    error::is_taken,
};
use crate::{
    Delivery, DeliveryState, NewDelivery, StoreError, json,
    seal::{Places, Seal},
    time,
};

/// Makes those that are not there, to be sent at once.
pub(super) async fn make(
    store: &Collections,
    webhook: &WebhookName,
    new: Vec<NewDelivery>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let documents: Vec<Document> = new
        .into_iter()
        .map(|message| document(&store.seal, &made(webhook, message, now)))
        .collect::<Result<_, _>>()?;
    if documents.is_empty() {
        return Ok(());
    }
    match store.deliveries.insert_many(&documents).await {
        Ok(_) => return Ok(()),
        Err(error) if is_taken(&error) => {}
        Err(error) => return Err(error.into()),
    }
    // Some were made before: one by one, so that each of the others is.
    for document in documents {
        match store.deliveries.insert_one(document).await {
            Ok(_) => {}
            Err(error) if is_taken(&error) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn made(webhook: &WebhookName, message: NewDelivery, now: Timestamp) -> Delivery {
    Delivery {
        webhook: webhook.clone(),
        message,
        made_at: now,
        revision: 1,
        state: DeliveryState::Pending {
            next_at: now,
            tries: 0,
        },
        tries: Vec::new(),
    }
}

/// One of them.
pub(super) async fn find(
    store: &Collections,
    webhook: &WebhookName,
    id: &str,
) -> Result<Option<Delivery>, StoreError> {
    let found = store
        .deliveries
        .find_one(doc! { "_id": named(webhook, id) })
        .await?;
    found
        .as_ref()
        .map(|found| read(&store.seal, found))
        .transpose()
}

/// Writes state and tries of one, if it is still the one that was read.
pub(super) async fn save(store: &Collections, changed: &Delivery) -> Result<bool, StoreError> {
    let was = stored(changed.revision)?;
    let mut set = moving(changed)?;
    set.insert("revision", was + 1);
    // What a state has no use for is not there, so that no index holds it.
    let gone = match changed.state {
        DeliveryState::Pending { .. } => "ended_at",
        DeliveryState::Delivered { .. } | DeliveryState::Failed { .. } => "next_at",
    };
    let written = store
        .deliveries
        .update_one(
            doc! { "_id": named(&changed.webhook, &changed.message.id), "revision": was },
            doc! { "$set": set, "$unset": { gone: "" } },
        )
        .await?;
    Ok(written.matched_count == 1)
}

/// A delivery as a document.
pub(in super::super) fn document(seal: &Seal, delivery: &Delivery) -> Result<Document, StoreError> {
    let message = &delivery.message;
    let place = Places::delivery(delivery.webhook.as_str(), &message.id);
    let mut document = doc! {
        "_id": named(&delivery.webhook, &message.id),
        "webhook": delivery.webhook.as_str(),
        "id": &message.id,
        "kind": &message.kind,
        "body": seal.text(&place, message.body.clone()),
        "made_at": time::stored(delivery.made_at),
        "revision": stored(delivery.revision)?,
    };
    if let Some(job) = message.job {
        document.insert("job", job.to_string());
    }
    document.extend(moving(delivery)?);
    Ok(document)
}

/// What changes.
fn moving(delivery: &Delivery) -> Result<Document, StoreError> {
    let mut moving = doc! {
        "status": delivery.state.as_str(),
        "format": json::FORMAT,
        "state": json::encode(&delivery.state)?,
        "tries": json::encode(&delivery.tries)?,
    };
    if let Some(next_at) = delivery.state.next_at() {
        moving.insert("next_at", time::stored(next_at));
    }
    if let Some(ended_at) = delivery.state.ended_at() {
        moving.insert("ended_at", time::stored(ended_at));
    }
    Ok(moving)
}

fn named(webhook: &WebhookName, id: &str) -> String {
    format!("{webhook}/{id}")
}

/// The delivery of a document.
pub(super) fn read(seal: &Seal, found: &Document) -> Result<Delivery, StoreError> {
    let job = optional_text(found, "job")?;
    let place = Places::delivery(text(found, "webhook")?, text(found, "id")?);
    Ok(Delivery {
        webhook: json::parse(WebhookName::new(text(found, "webhook")?))?,
        message: NewDelivery {
            id: text(found, "id")?.to_owned(),
            kind: text(found, "kind")?.to_owned(),
            job: job.map(|job| json::parse(job.parse())).transpose()?,
            body: seal.open_text(&place, text(found, "body")?.to_owned())?,
        },
        made_at: time::read(number(found, "made_at")?)?,
        revision: count(found, "revision")?,
        state: state(found, "state")?,
        tries: state(found, "tries")?,
    })
}
