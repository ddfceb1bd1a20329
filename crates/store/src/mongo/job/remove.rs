//! Removing a job as a whole.

use formhand_domain::{JobId, Writer};
use futures_util::TryStreamExt;
use jiff::Timestamp;
use mongodb::{
    bson::{Document, doc},
    options::ReadConcern,
};
use tokio::sync::Mutex;

use super::super::{
    audit, chain,
    collections::Collections,
    counts,
    document::{count, number},
    open::MongoStore,
    within::until_settled,
};
use crate::{Act, Deed, Numbers, StoreError, time};

/// Removes a job that ended and was not filed, with what its audit says. The chain is told before, and keeps the rest.
///
/// The removal is one transaction: it touches only what belongs to this job, so a server that stands still in the middle
/// keeps nobody from anything. Telling the chain is none of it, for the next number is everybody's.
pub(in super::super) async fn remove(
    store: &MongoStore,
    id: JobId,
    before: Timestamp,
    now: Timestamp,
) -> Result<bool, StoreError> {
    // An entry of this job that got its number after the job is gone would be one too many.
    store.until_numbered().await;
    let told = Mutex::new(Numbers::default());
    until_settled(|| attempt(&store.db, id, (before, now), &told)).await
}

async fn attempt(
    store: &Collections,
    id: JobId,
    (before, now): (Timestamp, Timestamp),
    told: &Mutex<Numbers>,
) -> Result<Option<bool>, StoreError> {
    let found = store
        .jobs
        .find_one(old(id, before))
        .projection(doc! { "revision": 1, "outbox": 1 })
        .read_concern(ReadConcern::local())
        .await?;
    let Some(found) = found else {
        return Ok(Some(false));
    };
    // What its entries say goes into the counts before they go.
    if found.contains_key("outbox") {
        audit::number_outboxes(store, std::slice::from_ref(&found)).await?;
    }
    counts::fold_behind(store, id).await?;
    let numbers = numbers(store, id).await?;
    let entries = Numbers::of(numbers.iter().copied());
    let mut told = told.lock().await;
    if *told != entries {
        tell(store, id, entries.clone(), now).await?;
        *told = entries;
    }
    let mut as_found = old(id, before);
    as_found.insert("revision", number(&found, "revision")?);
    match in_transaction(store, id, as_found, numbers.len()).await {
        Ok(removed) => Ok(removed.then_some(true)),
        Err(error) if error.contains_label("TransientTransactionError") => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The numbers of a job's entries, also of those that are not durable yet: what removes them is behind them.
async fn numbers(store: &Collections, id: JobId) -> Result<Vec<u64>, StoreError> {
    let found: Vec<Document> = store
        .audit
        .find(doc! { "job": id.to_string() })
        .sort(doc! { "_id": 1 })
        .projection(doc! { "_id": 1 })
        .read_concern(ReadConcern::local())
        .await?
        .try_collect()
        .await?;
    found.iter().map(|entry| count(entry, "_id")).collect()
}

async fn tell(
    store: &Collections,
    job: JobId,
    entries: Numbers,
    at: Timestamp,
) -> Result<(), StoreError> {
    let act = Act {
        at,
        writer: Writer::Queue,
        deed: Deed::RemoveJob { job, entries },
    };
    chain::note(store, act).await?;
    Ok(())
}

fn old(id: JobId, before: Timestamp) -> Document {
    let is_old = doc! { "$exists": true, "$lt": time::present(before) };
    doc! { "_id": id.to_string(), "outcome": "not_submitted", "finished_at": is_old }
}

/// False if the job has changed meanwhile.
async fn in_transaction(
    store: &Collections,
    id: JobId,
    as_found: Document,
    entries: usize,
) -> Result<bool, mongodb::error::Error> {
    let mut session = store.client.start_session().await?;
    session.start_transaction().await?;
    let id = id.to_string();
    let removed = store
        .jobs
        .find_one_and_delete(as_found)
        .projection(doc! { "job": 0, "words": 0 })
        .session(&mut session)
        .await?;
    let removed = removed.filter(|removed| !removed.contains_key("outbox"));
    let Some(removed) = removed else {
        session.abort_transaction().await?;
        return Ok(false);
    };
    store
        .removals
        .insert_one(counts::removal(&removed))
        .session(&mut session)
        .await?;
    // The document that it came of is not taken once more.
    if removed.contains_key("source")
        && let Some(key) = removed.get("idempotency_key")
    {
        store
            .taken
            .insert_one(doc! { "_id": key, "sealed": store.seal.is_on() })
            .session(&mut session)
            .await?;
    }
    // Their numbers and links stay.
    let rest = doc! { "_id": "$_id", "key": "$key", "digest": "$digest", "link": "$link" };
    let emptied = store
        .audit
        .update_many(doc! { "job": &id }, vec![doc! { "$replaceWith": rest }])
        .session(&mut session)
        .await?;
    if usize::try_from(emptied.modified_count) != Ok(entries) {
        session.abort_transaction().await?;
        return Ok(false);
    }
    session.commit_transaction().await?;
    Ok(true)
}
