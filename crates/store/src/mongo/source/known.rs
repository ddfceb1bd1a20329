//! Documents that were taken before.

use std::collections::BTreeSet;

use formhand_domain::IdempotencyKey;
use futures_util::TryStreamExt;
use mongodb::{
    Collection,
    bson::{Document, doc},
};

use super::super::{collections::Collections, document::text};
use crate::{StoreError, json};

/// Those of these keys under which there is a job, or was one that is removed by now.
pub(super) async fn known(
    store: &Collections,
    keys: &[IdempotencyKey],
) -> Result<BTreeSet<IdempotencyKey>, StoreError> {
    // In this order: a job that is removed in between is in one of the two, or in both.
    let mut known = among(&store.jobs, "idempotency_key", keys).await?;
    known.extend(among(&store.taken, "_id", keys).await?);
    Ok(known)
}

async fn among(
    collection: &Collection<Document>,
    field: &str,
    keys: &[IdempotencyKey],
) -> Result<BTreeSet<IdempotencyKey>, StoreError> {
    let texts: Vec<&str> = keys.iter().map(IdempotencyKey::as_str).collect();
    // Of the jobs only the index is read.
    let found: Vec<Document> = collection
        .find(doc! { field: { "$in": texts } })
        .projection(doc! { "_id": i32::from(field == "_id"), field: 1 })
        .await?
        .try_collect()
        .await?;
    found
        .iter()
        .map(|document| json::parse(IdempotencyKey::new(text(document, field)?)))
        .collect()
}
