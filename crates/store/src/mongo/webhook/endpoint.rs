//! How webhooks stand.

use formhand_domain::WebhookName;
use futures_util::TryStreamExt;
use mongodb::bson::{Document, doc};

use super::super::{
    collections::Collections,
    document::{count, state, stored, text},
    error::is_taken,
};
use crate::{StoreError, Webhook, WebhookState, json};

/// All of them, in the order of their names.
pub(super) async fn all(store: &Collections) -> Result<Vec<Webhook>, StoreError> {
    let found: Vec<Document> = store
        .webhooks
        .find(doc! {})
        .sort(doc! { "_id": 1 })
        .await?
        .try_collect()
        .await?;
    found.iter().map(read).collect()
}

/// One of them.
pub(super) async fn find(
    store: &Collections,
    name: &WebhookName,
) -> Result<Option<Webhook>, StoreError> {
    let found = store
        .webhooks
        .find_one(doc! { "_id": name.as_str() })
        .await?;
    found.as_ref().map(read).transpose()
}

/// Begins one, unless it is known.
pub(super) async fn begin(
    store: &Collections,
    name: &WebhookName,
    place: u64,
) -> Result<Webhook, StoreError> {
    let new = Webhook {
        name: name.clone(),
        place,
        revision: 1,
        state: WebhookState::default(),
    };
    match store.webhooks.insert_one(document(&new)?).await {
        Ok(_) => Ok(new),
        Err(error) if is_taken(&error) => find(store, name)
            .await?
            .ok_or_else(|| StoreError::Unwritable("a webhook is there and is not read yet".into())),
        Err(error) => Err(error.into()),
    }
}

/// Writes how one stands, if that is still what was read.
pub(super) async fn save(
    store: &Collections,
    name: &WebhookName,
    was: u64,
    state: &WebhookState,
) -> Result<bool, StoreError> {
    let set = doc! {
        "revision": stored(was.saturating_add(1))?,
        "format": json::FORMAT,
        "state": json::encode(state)?,
    };
    let written = store
        .webhooks
        .update_one(
            doc! { "_id": name.as_str(), "revision": stored(was)? },
            doc! { "$set": set },
        )
        .await?;
    Ok(written.matched_count == 1)
}

/// Moves the place of one on.
pub(super) async fn advance(
    store: &Collections,
    name: &WebhookName,
    place: u64,
) -> Result<(), StoreError> {
    let on = doc! { "$max": { "place": stored(place)? } };
    store
        .webhooks
        .update_one(doc! { "_id": name.as_str() }, on)
        .await?;
    Ok(())
}

/// A webhook as a document.
pub(in super::super) fn document(webhook: &Webhook) -> Result<Document, StoreError> {
    Ok(doc! {
        "_id": webhook.name.as_str(),
        "place": stored(webhook.place)?,
        "revision": stored(webhook.revision)?,
        "format": json::FORMAT,
        "state": json::encode(&webhook.state)?,
    })
}

fn read(found: &Document) -> Result<Webhook, StoreError> {
    Ok(Webhook {
        name: json::parse(WebhookName::new(text(found, "_id")?))?,
        place: count(found, "place")?,
        revision: count(found, "revision")?,
        state: state(found, "state")?,
    })
}
