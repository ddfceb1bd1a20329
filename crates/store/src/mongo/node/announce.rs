//! A server says that it is there.

use jiff::{SignedDuration, Timestamp};
use mongodb::{bson::doc, options::ReturnDocument};

use super::{super::collections::Collections, list::node};
use crate::{Node, NodeEntry, StoreError, time};

/// Servers that were not seen for so long are forgotten.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 7);

/// Keeps what a server says of itself, and answers what is wanted of it.
pub(in super::super) async fn announce(
    store: &Collections,
    entry: NodeEntry,
) -> Result<Node, StoreError> {
    let oldest = entry.seen_at.saturating_sub(KEPT).unwrap_or(Timestamp::MIN);
    store
        .nodes
        .delete_many(doc! {
            "_id": { "$ne": entry.id.as_str() },
            "seen_at": { "$lt": time::present(oldest) },
        })
        .await?;
    let update = doc! {
        "$set": {
            "version": &entry.version,
            "schema": i64::from(entry.schema),
            "workers": i64::from(entry.workers),
            "at_work": i64::from(entry.at_work),
            "started_at": time::stored(entry.started_at),
            "seen_at": time::stored(entry.seen_at),
        },
        "$setOnInsert": { "drain": false },
    };
    let known = store
        .nodes
        .find_one_and_update(doc! { "_id": entry.id.as_str() }, update)
        .upsert(true)
        .return_document(ReturnDocument::After)
        .await?;
    let known = known.ok_or_else(|| StoreError::Backend("a server was not kept".into()))?;
    node(&known)
}
