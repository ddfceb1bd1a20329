//! Removing what is old.

use futures_util::TryStreamExt;
use jiff::Timestamp;
use mongodb::bson::{Bson, Document, doc};

use super::super::collections::Collections;
use crate::{StoreError, time};

/// Removes what ended, or was made, before these times.
pub(super) async fn remove(
    store: &Collections,
    (delivered, failed, made): (Timestamp, Timestamp, Timestamp),
    limit: u32,
) -> Result<u64, StoreError> {
    let before = |at| doc! { "$lt": time::present(at) };
    let old = [
        doc! { "status": "delivered", "ended_at": before(delivered) },
        doc! { "status": "failed", "ended_at": before(failed) },
        doc! { "made_at": before(made) },
    ];
    let mut removed = 0;
    for which in old {
        let left = u64::from(limit).saturating_sub(removed);
        if left > 0 {
            removed += some(store, which, left).await?;
        }
    }
    Ok(removed)
}

async fn some(store: &Collections, which: Document, limit: u64) -> Result<u64, StoreError> {
    let found: Vec<Document> = store
        .deliveries
        .find(which.clone())
        .projection(doc! { "_id": 1 })
        .limit(i64::try_from(limit).unwrap_or(i64::MAX))
        .await?
        .try_collect()
        .await?;
    let ids: Vec<&Bson> = found.iter().filter_map(|found| found.get("_id")).collect();
    if ids.is_empty() {
        return Ok(0);
    }
    // Once more on the condition: one that was replayed meanwhile stays.
    let mut these = which;
    these.insert("_id", doc! { "$in": ids });
    Ok(store.deliveries.delete_many(these).await?.deleted_count)
}
