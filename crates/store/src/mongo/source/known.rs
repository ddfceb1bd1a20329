//! Documents that were taken before.

use std::collections::{BTreeMap, BTreeSet};

use formhand_domain::IdempotencyKey;
use futures_util::TryStreamExt;
use mongodb::{
    Collection,
    bson::{Document, doc},
};

use super::super::{collections::Collections, document::text};
use crate::{StoreError, seal::Field};

/// Those of these keys under which there is a job, or was one that is removed by now.
pub(super) async fn known(
    store: &Collections,
    keys: &[IdempotencyKey],
) -> Result<BTreeSet<IdempotencyKey>, StoreError> {
    let by_hash: BTreeMap<String, &IdempotencyKey> = keys
        .iter()
        .map(|key| {
            let hash = store.seal.key(Field::IdempotencyKey, key.as_str());
            (hash.into_owned(), key)
        })
        .collect();
    // In this order: a job that is removed in between is in one of the two, or in both.
    let mut known = among(&store.jobs, "idempotency_key", &by_hash).await?;
    known.extend(among(&store.taken, "_id", &by_hash).await?);
    Ok(known)
}

async fn among(
    collection: &Collection<Document>,
    field: &str,
    keys: &BTreeMap<String, &IdempotencyKey>,
) -> Result<BTreeSet<IdempotencyKey>, StoreError> {
    let texts: Vec<&String> = keys.keys().collect();
    // Of the jobs only the index is read.
    let found: Vec<Document> = collection
        .find(doc! { field: { "$in": texts } })
        .projection(doc! { "_id": i32::from(field == "_id"), field: 1 })
        .await?
        .try_collect()
        .await?;
    let mut known = BTreeSet::new();
    for document in &found {
        known.extend(keys.get(text(document, field)?).copied().cloned());
    }
    Ok(known)
}
