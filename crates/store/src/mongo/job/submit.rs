//! Taking in a record.
//!
//! The unique indexes decide. Only when one of them refuses is it asked which job stands in the way.

use formhand_domain::{IdempotencyKey, Job, JobId, NewJob, Writer};
use mongodb::{bson::doc, options::ReadConcern};

use super::{
    super::{collections::Collections, open::MongoStore, within::until_settled},
    keys,
    row::{self, Written},
};
use crate::{StoreError, Submitted, rules, seal::Field};

/// Takes in a record.
pub(in super::super) async fn submit(
    store: &MongoStore,
    new: NewJob,
) -> Result<Submitted, StoreError> {
    rules::check_new(&new.job)?;
    until_settled(|| attempt(store, &new)).await
}

async fn attempt(store: &MongoStore, new: &NewJob) -> Result<Option<Submitted>, StoreError> {
    let NewJob {
        job,
        idempotency_key,
    } = new;
    let key = idempotency_key.as_ref();
    if insert(store, job, key).await? {
        return Ok(Some(Submitted::Stored(job.id)));
    }
    if let Some(first) = replayed(&store.db, key).await? {
        return Ok(Some(Submitted::Replayed(first)));
    }
    let Some(of) = keys::holder(&store.db, job).await? else {
        // Whoever had the key has let go of it meanwhile, unless it is this very job.
        return match row::read(&store.db, job.id).await? {
            Some(_) => Err(StoreError::Backend(format!(
                "job {} is there already",
                job.id
            ))),
            None => Ok(None),
        };
    };
    let duplicate = rules::duplicate(job.clone(), of);
    let stored = insert(store, &duplicate, key).await?;
    // A finished job that was not filed holds no key but that of its call, which a twin may have used meanwhile.
    Ok(stored.then_some(Submitted::Duplicate { stored: job.id, of }))
}

/// Whether the job is stored; not if one of its keys is taken.
async fn insert(
    store: &MongoStore,
    job: &Job,
    key: Option<&IdempotencyKey>,
) -> Result<bool, StoreError> {
    let entry = rules::entry("submit", &Writer::Queue, None, job, job.created_at);
    match row::insert(&store.db, job, key, &entry).await? {
        Written::Done(unnumbered) => {
            store.number(unnumbered);
            Ok(true)
        }
        Written::Taken | Written::Outrun => Ok(false),
    }
}

/// The job that the same call made before.
async fn replayed(
    store: &Collections,
    key: Option<&IdempotencyKey>,
) -> Result<Option<JobId>, StoreError> {
    let Some(key) = key else { return Ok(None) };
    let found = store
        .jobs
        .find_one(doc! { "idempotency_key": &*store.seal.key(Field::IdempotencyKey, key.as_str()) })
        .projection(doc! { "_id": 1 })
        .read_concern(ReadConcern::local())
        .await?;
    found.as_ref().map(row::id).transpose()
}
