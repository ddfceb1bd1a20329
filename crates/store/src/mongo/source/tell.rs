//! What the documents of a source are told of their jobs, and how far that has come.

use formhand_domain::{FencingToken, Job, JobId, SourceName};
use futures_util::TryStreamExt;
use jiff::Timestamp;
use mongodb::bson::{Bson, Document, doc};

use super::{
    super::{collections::Collections, document::stored, job},
    keep::{check, kept},
};
use crate::{DocumentId, SourceError, StoreError, Told, time};

/// Those of these jobs that came from the source, with their documents.
pub(super) async fn jobs(
    store: &Collections,
    source: &SourceName,
    jobs: &[JobId],
) -> Result<Vec<(DocumentId, Job)>, StoreError> {
    let found: Vec<Document> = store
        .jobs
        .find(doc! { "_id": { "$in": texts(jobs) }, "source.name": source.as_str() })
        .projection(doc! { "format": 1, "job": 1, "source": 1 })
        .await?
        .try_collect()
        .await?;
    let pair = |found: &Document| Ok((document_of(found)?, job::read(&store.seal, found)?));
    found.iter().map(pair).collect()
}

/// Keeps how far the documents have been told.
pub(super) async fn set(
    store: &Collections,
    source: &SourceName,
    keeper: FencingToken,
    told: &Told,
    now: Timestamp,
) -> Result<(), SourceError> {
    // The notes that are to be tried again first: a crash in between repeats some, and loses none.
    let refused = doc! { "$set": { "source.refused_at": time::present(now) } };
    mark(store, &told.refused, refused).await?;
    mark(
        store,
        &told.settled,
        doc! { "$unset": { "source.refused_at": "" } },
    )
    .await?;
    let Some(up_to) = told.up_to else {
        return Ok(());
    };
    let update = doc! { "$set": { "told": stored(up_to)? } };
    let done = store
        .sources
        .update_one(kept(source, keeper)?, update)
        .await;
    check(source, done.map_err(StoreError::from)?.matched_count)
}

/// Jobs whose documents refused a note before this time, the oldest refusals first.
pub(super) async fn refused(
    store: &Collections,
    source: &SourceName,
    before: Timestamp,
    limit: u32,
) -> Result<Vec<JobId>, StoreError> {
    let before = doc! { "$exists": true, "$lt": time::present(before) };
    let found: Vec<Document> = store
        .jobs
        .find(doc! { "source.name": source.as_str(), "source.refused_at": before })
        .sort(doc! { "source.refused_at": 1 })
        .limit(i64::from(limit))
        .projection(doc! { "_id": 1 })
        .await?
        .try_collect()
        .await?;
    found.iter().map(job::id).collect()
}

/// How many jobs have documents that refuse a note.
pub(super) async fn count_refused(
    store: &Collections,
    source: &SourceName,
) -> Result<u64, StoreError> {
    let refused = doc! { "source.name": source.as_str(), "source.refused_at": { "$exists": true } };
    Ok(store.jobs.count_documents(refused).await?)
}

/// Marks jobs. It is nothing that anybody has to decide anew for, so their revision stays.
async fn mark(store: &Collections, jobs: &[JobId], update: Document) -> Result<(), StoreError> {
    if jobs.is_empty() {
        return Ok(());
    }
    let which = doc! { "_id": { "$in": texts(jobs) }, "source": { "$exists": true } };
    store.jobs.update_many(which, update).await?;
    Ok(())
}

fn document_of(job: &Document) -> Result<DocumentId, StoreError> {
    let id = job
        .get_document("source")
        .ok()
        .and_then(|source| source.get("id"));
    let id =
        id.ok_or_else(|| StoreError::Corrupt("a job of a source without its document".into()))?;
    DocumentId::of(Bson::clone(id))
}

fn texts(jobs: &[JobId]) -> Vec<String> {
    jobs.iter().map(JobId::to_string).collect()
}
