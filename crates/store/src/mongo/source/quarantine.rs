//! Documents that could not be taken: a document each, under the source and its own id.

use formhand_domain::SourceName;
use futures_util::TryStreamExt;
use jiff::Timestamp;
use mongodb::{
    ClientSession,
    bson::{Bson, Document, doc},
};

use super::super::{
    collections::Collections,
    document::{count as whole, number, text},
};
use crate::{DocumentId, DocumentProblem, QuarantinePage, Quarantined, StoreError, time};

/// Entries of a page, at most.
const PAGE: u32 = 500;

/// Problems that are kept of a document. More of them are one mistake made often.
const PROBLEMS: usize = 50;

/// A page of a source's entries.
pub(super) async fn page(
    store: &Collections,
    source: &SourceName,
    after: Option<&DocumentId>,
    limit: u32,
) -> Result<QuarantinePage, StoreError> {
    let limit = limit.clamp(1, PAGE);
    let mut which = of_source(source);
    if let Some(after) = after {
        which.insert(
            "$nor",
            vec![doc! { "_id": { "$lte": key(source, after.bson()?) } }],
        );
    }
    let found: Vec<Document> = store
        .quarantine
        .find(which)
        .sort(doc! { "_id": 1 })
        .limit(i64::from(limit))
        .await?
        .try_collect()
        .await?;
    let entries: Vec<Quarantined> = found.iter().map(entry).collect::<Result<_, _>>()?;
    let is_full = entries.len() == limit as usize;
    Ok(QuarantinePage {
        next: entries
            .last()
            .filter(|_| is_full)
            .map(|last| last.document.clone()),
        entries,
        total: count(store, source).await?,
    })
}

/// The entry of a document.
pub(super) async fn find(
    store: &Collections,
    source: &SourceName,
    document: &DocumentId,
) -> Result<Option<Quarantined>, StoreError> {
    let which = doc! { "_id": key(source, document.bson()?) };
    let found = store.quarantine.find_one(which).await?;
    found.as_ref().map(entry).transpose()
}

/// How many entries a source has.
pub(super) async fn count(store: &Collections, source: &SourceName) -> Result<u64, StoreError> {
    Ok(store.quarantine.count_documents(of_source(source)).await?)
}

/// Removes an entry, or all of a source.
pub(super) async fn remove(
    store: &Collections,
    source: &SourceName,
    document: Option<&DocumentId>,
) -> Result<u64, StoreError> {
    let which = match document {
        Some(document) => doc! { "_id": key(source, document.bson()?) },
        None => of_source(source),
    };
    Ok(store.quarantine.delete_many(which).await?.deleted_count)
}

/// Those of these documents that are in the quarantine, by their keys there.
pub(super) async fn among(
    store: &Collections,
    source: &SourceName,
    documents: impl Iterator<Item = &DocumentId>,
) -> Result<Vec<Bson>, StoreError> {
    let keys: Vec<Document> = documents
        .map(|document| Ok(key(source, document.bson()?)))
        .collect::<Result<_, StoreError>>()?;
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let found: Vec<Document> = store
        .quarantine
        .find(doc! { "_id": { "$in": keys } })
        .projection(doc! { "_id": 1 })
        .await?
        .try_collect()
        .await?;
    Ok(found
        .into_iter()
        .filter_map(|mut entry| entry.remove("_id"))
        .collect())
}

/// Notes that a document could not be taken, in a transaction.
pub(super) async fn put(
    store: &Collections,
    session: &mut ClientSession,
    (source, document): (&SourceName, &DocumentId),
    problems: &[DocumentProblem],
    now: Timestamp,
) -> Result<(), mongodb::error::Error> {
    let problem = |problem: &DocumentProblem| {
        doc! { "path": &problem.path, "field": &problem.field, "message": &problem.message }
    };
    let problems: Vec<Document> = problems.iter().take(PROBLEMS).map(problem).collect();
    let now = time::present(now);
    let update = doc! {
        "$set": { "last_at": now, "problems": problems },
        "$setOnInsert": { "first_at": now },
        "$inc": { "seen": 1_i64 },
    };
    let id = document.bson().map_err(mongodb::error::Error::custom)?;
    store
        .quarantine
        .update_one(doc! { "_id": key(source, id) }, update)
        .upsert(true)
        .session(session)
        .await?;
    Ok(())
}

/// The order of these is that of the sources, then of their documents.
fn key(source: &SourceName, id: Bson) -> Document {
    doc! { "source": source.as_str(), "id": id }
}

fn of_source(source: &SourceName) -> Document {
    doc! { "_id": { "$gte": key(source, Bson::MinKey), "$lte": key(source, Bson::MaxKey) } }
}

fn entry(document: &Document) -> Result<Quarantined, StoreError> {
    let unfit = || StoreError::Corrupt("an entry of the quarantine without its document".into());
    let key = document.get_document("_id").map_err(|_| unfit())?;
    let problems = document
        .get_array("problems")
        .map_or(&[][..], Vec::as_slice);
    let problem = |problem: &Document| {
        Ok(DocumentProblem {
            path: text(problem, "path")?.to_owned(),
            field: text(problem, "field")?.to_owned(),
            message: text(problem, "message")?.to_owned(),
        })
    };
    Ok(Quarantined {
        document: DocumentId::of(key.get("id").cloned().ok_or_else(unfit)?)?,
        first_at: time::read(number(document, "first_at")?)?,
        last_at: time::read(number(document, "last_at")?)?,
        seen: whole(document, "seen")?,
        problems: problems
            .iter()
            .filter_map(Bson::as_document)
            .map(problem)
            .collect::<Result<_, StoreError>>()?,
    })
}
