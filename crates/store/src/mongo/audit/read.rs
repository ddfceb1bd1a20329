//! Reading entries.

use formhand_domain::JobId;
use futures_util::TryStreamExt;
use mongodb::bson::{Document, doc};

use super::{
    super::collections::Collections,
    entry,
    number::{number_all, number_outboxes},
};
use crate::{AuditEntry, StoreError};

/// The newest entries of a job, oldest first.
pub(in super::super) async fn history(
    store: &Collections,
    job: JobId,
    limit: u32,
) -> Result<Vec<AuditEntry>, StoreError> {
    if limit == 0 {
        return Ok(Vec::new());
    }
    let id = job.to_string();
    let unnumbered = store
        .jobs
        .find_one(doc! { "_id": &id, "outbox": { "$exists": true } })
        .projection(doc! { "outbox": 1 })
        .await?;
    if let Some(job) = unnumbered {
        number_outboxes(store, &[job]).await?;
    }
    let mut entries = entries(store, doc! { "job": id }, doc! { "_id": -1 }, limit).await?;
    entries.reverse();
    Ok(entries)
}

/// Entries of all jobs after `seq`, oldest first.
pub(in super::super) async fn after(
    store: &Collections,
    seq: u64,
    limit: u32,
) -> Result<Vec<AuditEntry>, StoreError> {
    if limit == 0 {
        return Ok(Vec::new());
    }
    number_all(store).await?;
    let seq = i64::try_from(seq).unwrap_or(i64::MAX);
    let behind = doc! { "_id": { "$gt": seq }, "job": { "$exists": true } };
    entries(store, behind, doc! { "_id": 1 }, limit).await
}

/// Entries of all jobs before `seq`, newest first.
pub(in super::super) async fn before(
    store: &Collections,
    seq: Option<u64>,
    limit: u32,
) -> Result<Vec<AuditEntry>, StoreError> {
    if limit == 0 {
        return Ok(Vec::new());
    }
    if seq.is_none() {
        number_all(store).await?;
    }
    let mut before = doc! { "job": { "$exists": true } };
    if let Some(seq) = seq.and_then(|seq| i64::try_from(seq).ok()) {
        before.insert("_id", doc! { "$lt": seq });
    }
    entries(store, before, doc! { "_id": -1 }, limit).await
}

async fn entries(
    store: &Collections,
    which: Document,
    order: Document,
    limit: u32,
) -> Result<Vec<AuditEntry>, StoreError> {
    let found: Vec<Document> = store
        .audit
        .find(which)
        .sort(order)
        .limit(i64::from(limit))
        .await?
        .try_collect()
        .await?;
    found
        .iter()
        .map(|found| entry(&store.seal, found))
        .collect()
}
