//! Giving entries their numbers.

use std::collections::BTreeSet;

use futures_util::TryStreamExt;
use mongodb::{
    bson::{Bson, Document, doc},
    options::ReadConcern,
};

use super::{
    super::{
        chain, collections::Collections, document::number, error::is_taken, within::until_settled,
    },
    Unnumbered,
};
use crate::StoreError;

/// Jobs whose entries are looked for at once.
const JOBS: i64 = 200;

/// Numbers these entries, in their order. Those that have a number already keep it.
///
/// They are durable in their jobs already. An entry whose number is lost is in its job again, as that is changed later. Their
/// numbers are durable when this returns, for the next ones are only linked to what is.
pub(super) async fn number_these(
    store: &Collections,
    entries: Vec<Unnumbered>,
) -> Result<(), StoreError> {
    let keys: Vec<String> = entries.iter().map(|entry| entry.key.clone()).collect();
    let jobs: BTreeSet<String> = entries.iter().map(|entry| entry.job().to_owned()).collect();
    let left = tokio::sync::Mutex::new(entries);
    until_settled(|| async {
        let mut left = left.lock().await;
        insert(store, &mut left).await
    })
    .await?;
    take_out(store, jobs, keys).await
}

/// Numbers whatever has none, also what a server that died has left.
pub(in super::super) async fn number_all(store: &Collections) -> Result<(), StoreError> {
    loop {
        let found: Vec<Document> = store
            .jobs
            // The second says the same again, in the words of the index: without it all jobs are read.
            .find(doc! { "outbox": { "$exists": true }, "outbox.key": { "$gte": "" } })
            .projection(doc! { "outbox": 1 })
            .limit(JOBS)
            .read_concern(ReadConcern::majority())
            .await?
            .try_collect()
            .await?;
        if found.is_empty() {
            return Ok(());
        }
        number_outboxes(store, &found).await?;
    }
}

/// Numbers what these jobs hold.
pub(in super::super) async fn number_outboxes(
    store: &Collections,
    jobs: &[Document],
) -> Result<(), StoreError> {
    let outboxes = jobs.iter().filter_map(|job| job.get_array("outbox").ok());
    let entries = outboxes.flatten().filter_map(Bson::as_document);
    let mut entries: Vec<Unnumbered> = entries
        .map(|entry| Unnumbered::read(entry.clone()))
        .collect::<Result<_, _>>()?;
    // Those of one job stay in their order, for the sort is stable.
    entries.sort_by_key(|entry| number(entry.document(), "at").unwrap_or_default());
    number_these(store, entries).await
}

/// Inserts what is left under the next numbers. Nothing if another has taken one of them, or has numbered an entry.
async fn insert(store: &Collections, left: &mut Vec<Unnumbered>) -> Result<Option<()>, StoreError> {
    if left.is_empty() {
        return Ok(Some(()));
    }
    let mut last = chain::last(store).await?;
    let numbered = left.iter().map(|entry| {
        let (seq, seal) = last.append(entry.digest)?;
        Ok(entry.numbered(seq, seal))
    });
    let documents: Vec<Document> = numbered.collect::<Result<_, StoreError>>()?;
    match store.audit.insert_many(documents).await {
        Ok(_) => Ok(Some(())),
        Err(error) if is_taken(&error) => {
            drop_numbered(store, left).await?;
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// The highest number that there ever was, also one that was removed before there was a chain, and one that is not durable
/// yet.
pub(in super::super) async fn last_number(store: &Collections) -> Result<i64, StoreError> {
    let last = store
        .audit
        .find_one(doc! {})
        .sort(doc! { "_id": -1 })
        .projection(doc! { "_id": 1 })
        .read_concern(ReadConcern::local())
        .await?;
    let last = last.map_or(Ok(0), |last| number(&last, "_id"))?;
    Ok(last.max(chain::last(store).await?.seq))
}

async fn drop_numbered(store: &Collections, left: &mut Vec<Unnumbered>) -> Result<(), StoreError> {
    let keys: Vec<&str> = left.iter().map(|entry| entry.key.as_str()).collect();
    let found: Vec<Document> = store
        .audit
        .find(doc! { "key": { "$in": keys } })
        .projection(doc! { "key": 1 })
        .read_concern(ReadConcern::local())
        .await?
        .try_collect()
        .await?;
    let numbered: BTreeSet<&str> = found
        .iter()
        .filter_map(|document| document.get_str("key").ok())
        .collect();
    left.retain(|entry| !numbered.contains(entry.key.as_str()));
    Ok(())
}

/// Takes numbered entries out of their jobs. Who reads next waits here also for the numbers that another has given. Of a job
/// that was removed meanwhile all had their numbers.
async fn take_out(
    store: &Collections,
    jobs: BTreeSet<String>,
    keys: Vec<String>,
) -> Result<(), StoreError> {
    let jobs: Vec<String> = jobs.into_iter().collect();
    let rest = doc! { "$filter": {
        "input": { "$ifNull": ["$outbox", []] },
        "cond": { "$not": { "$in": ["$$this.key", keys] } },
    } };
    let update = [
        doc! { "$set": { "outbox": rest } },
        // An empty one would keep the job in the index of those that have something to number.
        doc! { "$set": { "outbox": { "$cond": [{ "$eq": ["$outbox", []] }, "$$REMOVE", "$outbox"] } } },
    ];
    let which = doc! { "_id": { "$in": &jobs } };
    store.jobs.update_many(which, update.to_vec()).await?;
    Ok(())
}
