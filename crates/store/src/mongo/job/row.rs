//! A job as a document. The only place that knows how its fields follow from the job.

use formhand_domain::{BusinessKey, IdempotencyKey, Job, JobId};
use futures_util::TryStreamExt;
use mongodb::{
    Cursor,
    bson::{Bson, Document, doc},
    options::ReadConcern,
};

use super::super::{
    audit::Unnumbered,
    collections::Collections,
    counts::Moved,
    document::{count, number, optional_number, stored, text},
    error::is_taken,
};
use crate::{
    AuditEntry, StoreError,
    copying::CopiedJob,
    json,
    rules::{self, Place},
    seal::{Field, Seal},
    time,
};

/// A job as it was read, with what tells whether it still is so.
pub(in super::super) struct Found {
    pub(super) job: Job,
    /// Rises with every change of the document.
    pub(super) revision: i64,
    /// The claim that made its last attempt, by its number among those of the account.
    pub(super) claim: Option<i64>,
    /// How many entries of the audit the job has.
    entries: u64,
    /// Those of them that may have no number yet.
    pub(super) unnumbered: Vec<Unnumbered>,
}

/// What became of a write.
pub(super) enum Written {
    /// It is durable. These entries may have no number yet.
    Done(Vec<Unnumbered>),
    /// The job is not any more as it was read.
    Outrun,
    /// Another job has one of its keys.
    Taken,
}

/// Writes a new job with the first entry of its audit.
pub(super) async fn insert(
    store: &Collections,
    job: &Job,
    idempotency_key: Option<&IdempotencyKey>,
    entry: &AuditEntry,
) -> Result<Written, StoreError> {
    let entry = first_entry(&store.seal, job, entry)?;
    let document = new_document(&store.seal, job, idempotency_key, &entry)?;
    match store.jobs.insert_one(document).await {
        Ok(_) => Ok(Written::Done(vec![entry])),
        Err(error) if is_taken(&error) => Ok(Written::Taken),
        Err(error) => Err(error.into()),
    }
}

/// The first entry of a job's audit.
pub(in super::super) fn first_entry(
    seal: &Seal,
    job: &Job,
    entry: &AuditEntry,
) -> Result<Unnumbered, StoreError> {
    Ok(Unnumbered::of(seal, entry, 1)?.moving(Moved::of(None, job)?))
}

/// A new job as a document.
pub(in super::super) fn new_document(
    seal: &Seal,
    job: &Job,
    idempotency_key: Option<&IdempotencyKey>,
    entry: &Unnumbered,
) -> Result<Document, StoreError> {
    let mut document = document(seal, job, idempotency_key, 1)?;
    document.insert("outbox", vec![entry.document().clone()]);
    Ok(document)
}

/// A job of another database as a document. All entries of its audit have their numbers.
pub(in super::super) fn copied_document(
    seal: &Seal,
    copied: &CopiedJob,
) -> Result<Document, StoreError> {
    let key = copied.idempotency_key.as_ref();
    document(seal, &copied.job, key, copied.entries)
}

fn document(
    seal: &Seal,
    job: &Job,
    idempotency_key: Option<&IdempotencyKey>,
    entries: u64,
) -> Result<Document, StoreError> {
    let mut document = doc! {
        "_id": job.id.to_string(),
        "revision": 1_i64,
        "entries": stored(entries)?,
        "portal": job.portal.as_str(),
        "account": job.account.as_str(),
        "flow": job.flow.as_str(),
        "caller_id": &*seal.key(Field::CallerId, job.caller_id.as_str()),
        "created_at": time::stored(job.created_at),
    };
    let business_key = job.business_key.as_ref().map(BusinessKey::as_str);
    let key = idempotency_key.map(IdempotencyKey::as_str);
    for (name, field, value) in [
        ("business_key", Field::BusinessKey, business_key),
        ("idempotency_key", Field::IdempotencyKey, key),
    ] {
        if let Some(value) = value {
            document.insert(name, &*seal.key(field, value));
        }
    }
    let words = seal.words(job);
    if !words.is_empty() {
        document.insert("words", words);
    }
    document.extend(changing(seal, job)?.set);
    Ok(document)
}

/// Writes `after` over what was found, on the condition that it still is so, with what the audit says of it.
pub(super) async fn update(
    store: &Collections,
    found: &Found,
    after: &Job,
    entry: Option<&AuditEntry>,
) -> Result<Written, StoreError> {
    write(store, found, after, entry, found.claim).await
}

/// The same for a claim, which leaves its number.
pub(super) async fn update_claimed(
    store: &Collections,
    found: &Found,
    after: &Job,
    entry: &AuditEntry,
    claim: i64,
) -> Result<Written, StoreError> {
    write(store, found, after, Some(entry), Some(claim)).await
}

async fn write(
    store: &Collections,
    found: &Found,
    after: &Job,
    entry: Option<&AuditEntry>,
    claim: Option<i64>,
) -> Result<Written, StoreError> {
    let Changing { mut set, mut unset } = changing(&store.seal, after)?;
    if rules::has_other_words(&found.job, after) {
        let words = store.seal.words(after);
        if words.is_empty() {
            unset.insert("words", "");
        } else {
            set.insert("words", words);
        }
    }
    if let Some(claim) = claim {
        set.insert("claim", claim);
    }
    let mut update = doc! { "$set": set, "$unset": unset, "$inc": { "revision": 1_i64 } };
    let mut unnumbered = found.unnumbered.clone();
    if let Some(entry) = entry {
        let moved = Moved::of(Some(&found.job), after)?;
        let entry = Unnumbered::of(&store.seal, entry, found.entries + 1)?.moving(moved);
        update.insert("$inc", doc! { "revision": 1_i64, "entries": 1_i64 });
        update.insert("$push", doc! { "outbox": entry.document() });
        unnumbered.push(entry);
    }
    match store.jobs.update_one(condition(found, after), update).await {
        Ok(done) if done.matched_count == 1 => Ok(Written::Done(unnumbered)),
        Ok(_) => Ok(Written::Outrun),
        Err(error) if is_taken(&error) => Ok(Written::Taken),
        Err(error) => Err(error.into()),
    }
}

/// That nothing has changed. It repeats two promises beside: what was filed stays filed, and a token only rises.
fn condition(found: &Found, after: &Job) -> Document {
    let mut condition = doc! {
        "_id": after.id.to_string(),
        "revision": found.revision,
        "fence": { "$lte": i64::try_from(after.fence.0).unwrap_or(i64::MAX) },
    };
    if after.outcome().as_str() != "submitted" {
        condition.insert("outcome", doc! { "$ne": "submitted" });
    }
    condition
}

/// The fields that change over a job's life. What a job does not have is left out, and never null.
struct Changing {
    set: Document,
    unset: Document,
}

fn changing(seal: &Seal, job: &Job) -> Result<Changing, StoreError> {
    let place = Place::of(job)?;
    let mut set = doc! {
        "status": place.status,
        "outcome": job.outcome().as_str(),
        "attempts": i64::from(place.attempts),
        "fence": place.fence,
        "holds_key": place.holds_key,
        "forgotten": place.forgotten,
        "format": json::FORMAT,
        "job": seal.job(job)?,
    };
    let mut unset = Document::new();
    let optional = [
        ("due_at", place.due_at.map(Bson::Int64)),
        ("search_at", place.search_at.map(Bson::Int64)),
        ("finished_at", place.finished_at.map(Bson::Int64)),
        ("lease_owner", place.lease_owner.map(Bson::from)),
        ("lease_expires_at", place.lease_expires_at.map(Bson::Int64)),
    ];
    for (field, value) in optional {
        match value {
            Some(value) => set.insert(field, value),
            None => unset.insert(field, ""),
        };
    }
    Ok(Changing { set, unset })
}

/// Reads a job to change it. What is read may not be durable yet; the write that follows is so only together with it.
pub(super) async fn read(store: &Collections, id: JobId) -> Result<Option<Found>, StoreError> {
    let found = store
        .jobs
        .find_one(doc! { "_id": id.to_string() })
        .read_concern(ReadConcern::local())
        .await?;
    found
        .as_ref()
        .map(|found| Found::of(&store.seal, found))
        .transpose()
}

impl Found {
    pub(super) fn of(seal: &Seal, document: &Document) -> Result<Self, StoreError> {
        let outbox = document.get_array("outbox").map_or(&[][..], Vec::as_slice);
        let unnumbered = outbox.iter().filter_map(Bson::as_document);
        Ok(Self {
            job: job(seal, document)?,
            revision: number(document, "revision")?,
            claim: optional_number(document, "claim")?,
            entries: count(document, "entries")?,
            unnumbered: unnumbered
                .map(|entry| Unnumbered::read(entry.clone()))
                .collect::<Result<_, _>>()?,
        })
    }
}

/// The job of a document.
pub(in super::super) fn job(seal: &Seal, document: &Document) -> Result<Job, StoreError> {
    let stored = text(document, "job")?.to_owned();
    seal.open_job(text(document, "_id")?, number(document, "format")?, stored)
}

/// The jobs of an answer.
pub(super) async fn jobs(seal: &Seal, cursor: Cursor<Document>) -> Result<Vec<Job>, StoreError> {
    let documents: Vec<Document> = cursor.try_collect().await?;
    let jobs = documents.iter().map(|found| job(seal, found));
    jobs.filter_map(rules::readable).collect()
}

/// The id of a document, which was checked when it was written.
pub(in super::super) fn id(document: &Document) -> Result<JobId, StoreError> {
    json::parse(text(document, "_id")?.parse())
}

/// A limit as the driver wants it.
pub(super) fn limit(limit: u32) -> Result<i64, StoreError> {
    stored(u64::from(limit))
}
