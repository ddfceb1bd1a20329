//! Asking for the counts.

use std::collections::HashMap;

use futures_util::TryStreamExt;
use mongodb::bson::{Bson, Document, doc};

use super::{
    super::{
        collections::Collections,
        document::{number, text},
        within::until_settled,
    },
    fold::fold,
    kept::{Cells, Kept, account, kept},
    moved::Moved,
    news::{Change, News, add, news},
};
use crate::StoreError;

/// Jobs with an entry that has no number yet. There are a few hundred of them while much is written.
const UNNUMBERED: i64 = 5_000;

/// The counts with all that is not in them yet.
pub(super) struct Present {
    pub(super) kept: Kept,
    pub(super) news: News,
    /// Changes whose entries have no number yet.
    pub(super) late: Vec<Change>,
}

/// Jobs by account and status: all that was acknowledged before this was called.
pub(in super::super) async fn cells(store: &Collections) -> Result<Cells, StoreError> {
    let Present { kept, news, late } = present(store).await?;
    let mut cells = kept.cells;
    news.add_to(&mut cells);
    for change in &late {
        add(&mut cells, change);
    }
    Ok(cells)
}

/// Reads the counts and what is not in them, as they were at one moment.
pub(super) async fn present(store: &Collections) -> Result<Present, StoreError> {
    until_settled(|| attempt(store)).await
}

async fn attempt(store: &Collections) -> Result<Option<Present>, StoreError> {
    // First, for what gets its number meanwhile is among the news then.
    let unnumbered = unnumbered(store).await?;
    let kept = kept(store).await?;
    let news = news(store, &kept).await?;
    if news.more {
        fold(store).await?;
        return Ok(None);
    }
    let late = late(store, unnumbered, news.last).await?;
    // If the counts are still the same, none of what was read was folded and removed meanwhile.
    if news.is_nothing(&kept) && late.is_empty() || is_still(store, &kept).await? {
        Ok(Some(Present { kept, news, late }))
    } else {
        Ok(None)
    }
}

async fn is_still(store: &Collections, kept: &Kept) -> Result<bool, StoreError> {
    let same = doc! { "_id": super::kept::ID, "revision": kept.revision };
    let found = store.counts.find_one(same).projection(doc! { "_id": 1 });
    Ok(found.await?.is_some())
}

/// Entries that jobs hold, by their keys.
async fn unnumbered(store: &Collections) -> Result<HashMap<String, Change>, StoreError> {
    let jobs: Vec<Document> = store
        .jobs
        // In the words of the index, as in the numbering.
        .find(doc! { "outbox": { "$exists": true }, "outbox.key": { "$gte": "" } })
        .projection(doc! { "portal": 1, "account": 1, "outbox.key": 1, "outbox.moved": 1 })
        .limit(UNNUMBERED)
        .await?
        .try_collect()
        .await?;
    let mut found = HashMap::new();
    for job in &jobs {
        let outbox = job.get_array("outbox").map_or(&[][..], Vec::as_slice);
        for entry in outbox.iter().filter_map(Bson::as_document) {
            if let Some(moved) = Moved::read(entry)? {
                let account = account(job)?;
                let change = Change {
                    seq: None,
                    account,
                    moved,
                };
                found.insert(text(entry, "key")?.to_owned(), change);
            }
        }
    }
    Ok(found)
}

/// Those of them that have no number up to the last one that was read.
async fn late(
    store: &Collections,
    mut unnumbered: HashMap<String, Change>,
    last: i64,
) -> Result<Vec<Change>, StoreError> {
    if unnumbered.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<&String> = unnumbered.keys().collect();
    let numbered: Vec<Document> = store
        .audit
        .find(doc! { "key": { "$in": keys } })
        .projection(doc! { "key": 1 })
        .await?
        .try_collect()
        .await?;
    for entry in &numbered {
        if number(entry, "_id")? <= last {
            unnumbered.remove(text(entry, "key")?);
        }
    }
    Ok(unnumbered.into_values().collect())
}
