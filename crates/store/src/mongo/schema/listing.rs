//! The step to the second schema: words that jobs are found by, and counts that are kept.

use futures_util::TryStreamExt;
use jiff::Timestamp;
use mongodb::bson::{Document, doc};

use super::{
    super::{audit, chain, collections::Collections, counts, document::text, job},
    indexes, rules,
};
use crate::{StoreError, rules as rules_of_all, seal::Seal};

/// Jobs that are written at once.
const JOBS: i64 = 1_000;

/// Makes it. Nobody works on the database who does not know it; and each part of it can be made twice.
pub(super) async fn make(store: &Collections, now: Timestamp) -> Result<(), StoreError> {
    find_words(store).await?;
    rules::make(store).await?;
    indexes::make(store).await?;
    // Numbers are given with a link, so there must be something to link them to.
    chain::begin(store, now).await?;
    let last = audit::last_number(store).await?;
    counts::make(store, last).await
}

/// Before the index is made, which is faster.
async fn find_words(store: &Collections) -> Result<(), StoreError> {
    let mut last = String::new();
    loop {
        let found: Vec<Document> = store
            .jobs
            .find(
                doc! { "_id": { "$gt": &last }, "words": { "$exists": false }, "forgotten": false },
            )
            .sort(doc! { "_id": 1 })
            .limit(JOBS)
            .projection(doc! { "format": 1, "job": 1 })
            .await?
            .try_collect()
            .await?;
        let Some(newest) = found.last() else {
            return Ok(());
        };
        text(newest, "_id")?.clone_into(&mut last);
        let updates: Vec<Document> = found.iter().filter_map(update).collect();
        if !updates.is_empty() {
            let concern = doc! { "w": "majority" };
            let update = doc! { "update": "jobs", "updates": updates, "ordered": false, "writeConcern": concern };
            store.database.run_command(update).await?;
        }
    }
}

fn update(document: &Document) -> Option<Document> {
    let id = document.get("_id")?;
    let job = match job::read(&Seal::plain(), document) {
        Ok(job) => job,
        // Whoever reads it is told. It is no reason to keep a server from all the others.
        Err(error) => {
            tracing::warn!(job = %id, %error, "a job is not found by its words");
            return None;
        }
    };
    let words = rules_of_all::words_of_job(&job);
    if words.is_empty() {
        return None;
    }
    let set = doc! { "$set": { "words": words } };
    Some(doc! { "q": { "_id": id, "forgotten": false }, "u": set })
}
