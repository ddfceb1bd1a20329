//! Where a source is to be read from.

use formhand_domain::{FencingToken, SourceName};
use mongodb::bson::doc;

use super::{
    super::{collections::Collections, document::number},
    keep::{check, kept},
    reached,
};
use crate::{Reached, SourceError, StoreError};

/// Keeps where the source is to be read from.
pub(super) async fn set_out(
    store: &Collections,
    source: &SourceName,
    keeper: FencingToken,
    to: &Reached,
) -> Result<(), SourceError> {
    let update = vec![doc! { "$set": {
        "reached": { "$literal": reached::document(to)? },
        // No job of the source is older than the first look at it, so nothing before that is told to a document.
        "told": { "$ifNull": ["$told", last_entry(store).await?] },
    } }];
    let done = store
        .sources
        .update_one(kept(source, keeper)?, update)
        .await;
    check(source, done.map_err(StoreError::from)?.matched_count)
}

/// The newest entry of the audit.
async fn last_entry(store: &Collections) -> Result<i64, StoreError> {
    let last = store
        .audit
        .find_one(doc! {})
        .sort(doc! { "_id": -1 })
        .projection(doc! { "_id": 1 })
        .await?;
    last.map_or(Ok(0), |last| number(&last, "_id"))
}
