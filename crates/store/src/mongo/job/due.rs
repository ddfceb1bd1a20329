//! What the queue has to look at next.

use formhand_domain::{AccountKey, Job};
use jiff::Timestamp;
use mongodb::bson::{Document, doc};

use super::{
    super::{collections::Collections, document::number},
    row,
};
use crate::{StoreError, json, time};

/// Jobs whose lease ended, oldest first.
pub(in super::super) async fn expired(
    store: &Collections,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<Job>, StoreError> {
    if limit == 0 {
        return Ok(Vec::new());
    }
    let ended = doc! { "$exists": true, "$lte": time::present(now) };
    let found = store
        .jobs
        .find(doc! { "lease_expires_at": ended })
        .sort(doc! { "lease_expires_at": 1 })
        .limit(row::limit(limit)?)
        .await?;
    row::jobs(&store.seal, found).await
}

/// When a waiting job becomes due or a lease ends next.
pub(in super::super) async fn next_due_at(
    store: &Collections,
) -> Result<Option<Timestamp>, StoreError> {
    let (due, lease) = tokio::try_join!(first(store, "due_at"), first(store, "lease_expires_at"))?;
    due.into_iter()
        .chain(lease)
        .min()
        .map(time::read)
        .transpose()
}

async fn first(store: &Collections, field: &str) -> Result<Option<i64>, StoreError> {
    let found = store
        .jobs
        .find_one(doc! { field: { "$exists": true } })
        .sort(doc! { field: 1 })
        .projection(doc! { "_id": 0, field: 1 })
        .await?;
    found.map(|found| number(&found, field)).transpose()
}

/// How many jobs of an account are in progress.
pub(in super::super) async fn at_work(
    store: &Collections,
    account: &AccountKey,
) -> Result<u32, StoreError> {
    let count = store.jobs.count_documents(leased(account)).await?;
    json::parse(u32::try_from(count))
}

/// The jobs of an account that are in progress.
pub(super) fn leased(account: &AccountKey) -> Document {
    doc! {
        "portal": account.portal.as_str(),
        "account": account.account.as_str(),
        "lease_expires_at": { "$exists": true },
    }
}
