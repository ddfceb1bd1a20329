//! Jobs that ended, in the order of their ends.

use futures_util::TryStreamExt;
use jiff::Timestamp;
use mongodb::bson::{Document, doc};

use super::{
    super::{collections::Collections, document::number},
    row,
};
use crate::{EndedJob, EndedJobs, StoreError, time};

/// Jobs of a kind that ended before `before`, behind `after`. Each kind has an index of its own.
pub(in super::super) async fn ended(
    store: &Collections,
    which: EndedJobs,
    before: Timestamp,
    after: Option<EndedJob>,
    limit: u32,
) -> Result<Vec<EndedJob>, StoreError> {
    if limit == 0 {
        return Ok(Vec::new());
    }
    let mut filter = match which {
        EndedJobs::Filed => doc! { "outcome": "submitted", "forgotten": false },
        EndedJobs::Unfiled => doc! { "outcome": "not_submitted" },
    };
    let ended = doc! { "$exists": true, "$lt": time::present(before) };
    filter.insert("finished_at", ended);
    if let Some(EndedJob { id, at }) = after {
        let at = time::stored(at);
        let later = doc! { "finished_at": { "$gt": at } };
        let behind = doc! { "finished_at": at, "_id": { "$gt": id.to_string() } };
        filter.insert("$or", vec![later, behind]);
    }
    let found: Vec<Document> = store
        .jobs
        .find(filter)
        .sort(doc! { "finished_at": 1, "_id": 1 })
        .limit(row::limit(limit)?)
        .projection(doc! { "finished_at": 1 })
        .await?
        .try_collect()
        .await?;
    let read = |document| {
        let (id, at) = (row::id(document)?, number(document, "finished_at")?);
        let at = time::read(at)?;
        Ok(EndedJob { id, at })
    };
    found.iter().map(read).collect()
}
