//! Removing a job as a whole.

use formhand_domain::JobId;
use jiff::Timestamp;
use mongodb::{
    bson::{Document, doc},
    options::ReadConcern,
};

use super::super::{
    audit, collections::Collections, counts, document::number, open::MongoStore,
    within::until_settled,
};
use crate::{StoreError, time};

/// Removes a job that ended and was not filed, with its audit.
///
/// Both in one transaction: it touches only what belongs to this job, so a server that stands still in the middle keeps
/// nobody from anything.
pub(in super::super) async fn remove(
    store: &MongoStore,
    id: JobId,
    before: Timestamp,
) -> Result<bool, StoreError> {
    // An entry of this job that got its number after the job is gone would be one too many.
    store.until_numbered().await;
    until_settled(|| attempt(&store.db, id, before)).await
}

async fn attempt(
    store: &Collections,
    id: JobId,
    before: Timestamp,
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
    let mut as_found = old(id, before);
    as_found.insert("revision", number(&found, "revision")?);
    match in_transaction(store, id, as_found).await {
        Ok(removed) => Ok(removed.then_some(true)),
        Err(error) if error.contains_label("TransientTransactionError") => Ok(None),
        Err(error) => Err(error.into()),
    }
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
            .insert_one(doc! { "_id": key })
            .session(&mut session)
            .await?;
    }
    // The numbers of its entries are not given again, also if one of them is the newest.
    let newest = store
        .audit
        .find_one(doc! { "job": &id })
        .sort(doc! { "_id": -1 })
        .session(&mut session)
        .await?;
    if let Some(newest) = newest.as_ref().and_then(|entry| entry.get("_id")) {
        store
            .meta
            .update_one(doc! { "_id": "audit" }, doc! { "$max": { "last": newest } })
            .upsert(true)
            .session(&mut session)
            .await?;
    }
    store
        .audit
        .delete_many(doc! { "job": &id })
        .session(&mut session)
        .await?;
    session.commit_transaction().await?;
    Ok(true)
}
