//! Counting once, where nobody has kept counts so far.

use futures_util::TryStreamExt;
use mongodb::bson::{Document, doc};

use super::{
    super::{collections::Collections, document::number, error::is_taken},
    kept::{Cells, ID, Kept, find, read_cell},
    outcomes::copied_document,
};
use crate::{HourOutcomes, StoreError, json, time};

/// Counts the jobs of a database that nobody works on, up to the last number of the audit. Of several who do it at once, the
/// first is right: nothing has changed before it was done.
pub(in super::super) async fn make(store: &Collections, last: i64) -> Result<(), StoreError> {
    if find(store).await?.is_some() {
        return Ok(());
    }
    // What another one has left who did not get on to the counts is of another series, and nobody reads it.
    let series = format!("{:016x}", rand::random::<u64>());
    let hours = copied_document(&series, last, &ended(store).await?)?;
    if !hours.is_empty() {
        store.outcomes.insert_many(hours).await?;
    }
    let made = counted(store, series, last, 1).await?.document();
    match store.counts.insert_one(made).await {
        Ok(_) => Ok(()),
        Err(error) if is_taken(&error) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Counts the jobs anew. The outcomes are there already, as those of `series`.
pub(in super::super) async fn replace(
    store: &Collections,
    series: &str,
    last: i64,
) -> Result<(), StoreError> {
    loop {
        let was = find(store).await?.map_or(0, |was| was.revision);
        let now = counted(store, series.to_owned(), last, was + 1).await?;
        let as_it_was = doc! { "_id": ID, "revision": was };
        let replacing = store.counts.replace_one(as_it_was, now.document());
        match replacing.upsert(was == 0).await {
            Ok(done) if done.matched_count == 1 || done.upserted_id.is_some() => return Ok(()),
            Ok(_) => {}
            Err(error) if is_taken(&error) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

async fn counted(
    store: &Collections,
    series: String,
    upto: i64,
    revision: i64,
) -> Result<Kept, StoreError> {
    let waiting = doc! { "$gt": ["$due_at", null] };
    let cell = doc! { "portal": "$portal", "account": "$account", "status": "$status", "waiting": waiting };
    let group = doc! { "$group": { "_id": cell, "jobs": { "$sum": 1_i64 } } };
    let found: Vec<Document> = store.jobs.aggregate([group]).await?.try_collect().await?;
    let mut cells = Cells::new();
    for counted in &found {
        cells.insert(read_cell(key(counted)?)?, number(counted, "jobs")?);
    }
    Ok(Kept {
        revision,
        upto,
        series,
        taken: Vec::new(),
        cells,
    })
}

async fn ended(store: &Collections) -> Result<Vec<HourOutcomes>, StoreError> {
    let hour =
        doc! { "$subtract": ["$finished_at", { "$mod": ["$finished_at", 3_600_000_000_i64] }] };
    let end = doc! { "hour": hour, "portal": "$portal", "status": "$status" };
    let steps = [
        doc! { "$match": { "finished_at": { "$exists": true } } },
        doc! { "$group": { "_id": end, "jobs": { "$sum": 1_i64 } } },
    ];
    let found: Vec<Document> = store.jobs.aggregate(steps).await?.try_collect().await?;
    let read = |counted: &Document| {
        let end = key(counted)?;
        Ok(HourOutcomes {
            hour: time::read(number(end, "hour")?)?,
            portal: json::parse(formhand_domain::PortalName::new(
                super::super::document::text(end, "portal")?,
            ))?,
            status: json::parse(super::super::document::text(end, "status")?.parse())?,
            jobs: super::super::document::count(counted, "jobs")?,
        })
    };
    found.iter().map(read).collect()
}

fn key(counted: &Document) -> Result<&Document, StoreError> {
    let missing = |_| StoreError::Backend("a count that says not of what".into());
    counted.get_document("_id").map_err(missing)
}
