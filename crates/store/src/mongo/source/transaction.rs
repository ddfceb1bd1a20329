//! Jobs, quarantine and position of a source, in one transaction.

use std::borrow::Cow;

use formhand_domain::{FencingToken, IdempotencyKey, Job, NewJob, SourceName, Status, Writer};
use futures_util::TryStreamExt;
use jiff::Timestamp;
use mongodb::{
    ClientSession,
    bson::{Bson, Document, doc},
    error::{Error, UNKNOWN_TRANSACTION_COMMIT_RESULT},
};

use super::{
    super::{audit::Unnumbered, collections::Collections, error::is_taken, job},
    keep::kept,
    quarantine,
};
use crate::{
    DocumentId, DocumentProblem, StoreError, Taken, rules,
    seal::{Field, Seal},
};

/// What is to be done in one transaction.
pub(super) struct Step<'a> {
    pub(super) source: &'a SourceName,
    /// The right that it is done under; nothing if a person wants it.
    pub(super) keeper: Option<FencingToken>,
    /// Jobs that documents become.
    pub(super) jobs: &'a [(DocumentId, NewJob)],
    /// Documents that cannot be taken.
    pub(super) broken: &'a [(DocumentId, Vec<DocumentProblem>)],
    /// Entries that leave the quarantine.
    pub(super) leaving: &'a [Bson],
    /// How far the source was read by that.
    pub(super) reached: Option<&'a Document>,
    pub(super) now: Timestamp,
}

/// What came of it.
pub(super) enum Ended {
    Done(Taken, Vec<Unnumbered>),
    /// A job has a key that is taken. Nothing was done.
    KeyTaken,
    /// The right is over. Nothing was done.
    NotKeeper,
}

/// Tries it once. `alone`: there is one job, and what stands in its way is looked for.
pub(super) async fn attempt(
    store: &Collections,
    session: &mut ClientSession,
    step: &Step<'_>,
    alone: bool,
) -> Result<Ended, Error> {
    session.start_transaction().await?;
    let ended = work(store, session, step, alone).await;
    match ended {
        Ok(Ended::Done(taken, entries)) => {
            commit(session).await?;
            Ok(Ended::Done(taken, entries))
        }
        Ok(ended) => {
            session.abort_transaction().await?;
            Ok(ended)
        }
        // The database has undone it already.
        Err(error) if is_taken(&error) => {
            let _ = session.abort_transaction().await;
            Ok(Ended::KeyTaken)
        }
        Err(error) => {
            let _ = session.abort_transaction().await;
            Err(error)
        }
    }
}

/// The answer to a commit may get lost; asked again, the database says how it ended.
async fn commit(session: &mut ClientSession) -> Result<(), Error> {
    const TRIES: u32 = 5;
    for _ in 1..TRIES {
        match session.commit_transaction().await {
            Err(error) if error.contains_label(UNKNOWN_TRANSACTION_COMMIT_RESULT) => {}
            ended => return ended,
        }
    }
    session.commit_transaction().await
}

async fn work(
    store: &Collections,
    session: &mut ClientSession,
    step: &Step<'_>,
    alone: bool,
) -> Result<Ended, Error> {
    let mut taken = Taken::default();
    let mut entries = Vec::new();
    let mut documents = Vec::new();
    let removed = removed(store, session, step.jobs).await?;
    for (document, new) in step.jobs {
        let meets = match () {
            () if removed.contains(&key(&store.seal, new)) => Meets::Itself,
            () if alone => find(store, session, new).await?,
            () => Meets::Nothing,
        };
        let job = match meets {
            Meets::Itself => {
                taken.known += 1;
                continue;
            }
            Meets::Other(of) => {
                taken.duplicates += 1;
                rules::duplicate(new.job.clone(), of)
            }
            Meets::Nothing => new.job.clone(),
        };
        taken.jobs += 1;
        taken.invalid += u64::from(job.status() == Status::FailedValidation);
        let entry = rules::entry("submit", &Writer::Queue, None, &job, job.created_at);
        let entry = job::first_entry(&store.seal, &job, &entry).map_err(Error::custom)?;
        documents.push(
            row(&store.seal, (step.source, document), &job, new, &entry).map_err(Error::custom)?,
        );
        entries.push(entry);
    }
    if !documents.is_empty() {
        store
            .jobs
            .insert_many(documents)
            .session(&mut *session)
            .await?;
    }
    for (document, problems) in step.broken {
        quarantine::put(store, session, (step.source, document), problems, step.now).await?;
        taken.broken += 1;
    }
    if !step.leaving.is_empty() {
        let which = doc! { "_id": { "$in": step.leaving.to_vec() } };
        store
            .quarantine
            .delete_many(which)
            .session(&mut *session)
            .await?;
    }
    // Last, for whoever wants to take the source over waits from here to the end.
    if count(store, session, step, taken).await? {
        Ok(Ended::Done(taken, entries))
    } else {
        Ok(Ended::NotKeeper)
    }
}

/// Counts what was done and keeps how far the source was read. False if the right is over.
async fn count(
    store: &Collections,
    session: &mut ClientSession,
    step: &Step<'_>,
    taken: Taken,
) -> Result<bool, Error> {
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let mut update = doc! { "$inc": {
        "taken": number(taken.jobs),
        "invalid": number(taken.invalid),
        "duplicates": number(taken.duplicates),
        // So that it is a write in any case, which nobody can overlook who takes the source over.
        "steps": 1_i64,
    } };
    if let Some(reached) = step.reached {
        update.insert("$set", doc! { "reached": reached });
    }
    let mut which = doc! { "_id": step.source.as_str() };
    if let Some(keeper) = step.keeper {
        which = kept(step.source, keeper).map_err(Error::custom)?;
    }
    let done = store
        .sources
        .update_one(which, update)
        .session(session)
        .await?;
    Ok(done.matched_count == 1 || step.keeper.is_none())
}

/// A new job as a document, with the document that it came of.
fn row(
    seal: &Seal,
    (source, document): (&SourceName, &DocumentId),
    job: &Job,
    new: &NewJob,
    entry: &Unnumbered,
) -> Result<Document, StoreError> {
    let mut row = job::new_document(seal, job, new.idempotency_key.as_ref(), entry)?;
    row.insert(
        "source",
        doc! { "name": source.as_str(), "id": document.bson()? },
    );
    Ok(row)
}

/// What a new job meets.
enum Meets {
    Nothing,
    /// The job that was made of the same document.
    Itself,
    /// A job that has its business key or its caller's id.
    Other(formhand_domain::JobId),
}

async fn find(
    store: &Collections,
    session: &mut ClientSession,
    new: &NewJob,
) -> Result<Meets, Error> {
    let same = doc! { "idempotency_key": key(&store.seal, new) };
    if store
        .jobs
        .find_one(same)
        .session(&mut *session)
        .await?
        .is_some()
    {
        return Ok(Meets::Itself);
    }
    for held in job::holds(&store.seal, &new.job) {
        let found = store
            .jobs
            .find_one(held)
            .projection(doc! { "_id": 1 })
            .session(&mut *session)
            .await?;
        if let Some(found) = found {
            return job::id(&found).map(Meets::Other).map_err(Error::custom);
        }
    }
    Ok(Meets::Nothing)
}

/// The keys of jobs that were made of these documents before and are removed by now.
async fn removed(
    store: &Collections,
    session: &mut ClientSession,
    jobs: &[(DocumentId, NewJob)],
) -> Result<Vec<String>, Error> {
    if jobs.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<String> = jobs.iter().map(|(_, new)| key(&store.seal, new)).collect();
    let mut found = store
        .taken
        .find(doc! { "_id": { "$in": keys } })
        .session(&mut *session)
        .await?;
    let found: Vec<Document> = found.stream(session).try_collect().await?;
    let texts = found.iter().filter_map(|found| found.get_str("_id").ok());
    Ok(texts.map(str::to_owned).collect())
}

fn key(seal: &Seal, new: &NewJob) -> String {
    let key = new.idempotency_key.as_ref();
    let key = key.map(|key| seal.key(Field::IdempotencyKey, IdempotencyKey::as_str(key)));
    key.map(Cow::into_owned).unwrap_or_default()
}
