//! What is not in the counts yet.

use std::collections::{BTreeSet, HashMap};

use formhand_domain::AccountKey;
use futures_util::TryStreamExt;
use mongodb::bson::{Document, doc};

use super::{
    super::{
        collections::Collections,
        document::{number, text},
    },
    kept::{Cells, Kept, account, read_cell},
    moved::Moved,
};
use crate::{StoreError, rules::Cell};

/// Entries that are read at once.
const ENTRIES: i64 = 5_000;

/// A change that counts.
pub(super) struct Change {
    /// The number of its entry; nothing while it has none.
    pub(super) seq: Option<i64>,
    pub(super) account: AccountKey,
    pub(super) moved: Moved,
}

/// What has happened since.
pub(super) struct News {
    /// The number of the last entry that was read.
    pub(super) last: i64,
    /// Whether there are more.
    pub(super) more: bool,
    pub(super) changes: Vec<Change>,
    /// All notes of removed jobs.
    pub(super) notes: Vec<String>,
    /// Where the removed jobs stood that were not taken off yet.
    pub(super) removed: Vec<Cell>,
}

impl News {
    pub(super) fn is_nothing(&self, kept: &Kept) -> bool {
        self.last == kept.upto && self.removed.is_empty()
    }

    /// Puts it into counts.
    pub(super) fn add_to(&self, cells: &mut Cells) {
        for change in &self.changes {
            add(cells, change);
        }
        for cell in &self.removed {
            *cells.entry(cell.clone()).or_default() -= 1;
        }
    }
}

/// Puts a change into counts.
pub(super) fn add(cells: &mut Cells, change: &Change) {
    let cell = |standing: super::moved::Standing| Cell {
        account: change.account.clone(),
        status: standing.status,
        waiting: standing.waiting,
    };
    *cells.entry(cell(change.moved.is)).or_default() += 1;
    if let Some(was) = change.moved.was {
        *cells.entry(cell(was)).or_default() -= 1;
    }
}

/// Reads it.
pub(super) async fn news(store: &Collections, kept: &Kept) -> Result<News, StoreError> {
    let entries = async {
        let found: Vec<Document> = store
            .audit
            .find(doc! { "_id": { "$gt": kept.upto } })
            .sort(doc! { "_id": 1 })
            .limit(ENTRIES)
            .projection(doc! { "job": 1, "moved": 1 })
            .await?
            .try_collect()
            .await?;
        Ok::<_, StoreError>(found)
    };
    let removals = async {
        let found: Vec<Document> = store.removals.find(doc! {}).await?.try_collect().await?;
        Ok(found)
    };
    let (entries, removals) = tokio::try_join!(entries, removals)?;
    let last = entries.last().map(|entry| number(entry, "_id"));
    let mut news = News {
        last: last.transpose()?.unwrap_or(kept.upto),
        more: i64::try_from(entries.len()) == Ok(ENTRIES),
        changes: changes(store, &entries).await?,
        notes: Vec::new(),
        removed: Vec::new(),
    };
    for removal in &removals {
        let id = text(removal, "_id")?.to_owned();
        if !kept.taken.contains(&id) {
            news.removed.push(read_cell(removal)?);
        }
        news.notes.push(id);
    }
    Ok(news)
}

/// The changes that entries tell of. An entry whose job is not there is left out: its job was removed when this very entry
/// had been counted, and a server that stood still meanwhile has given it another number.
async fn changes(store: &Collections, entries: &[Document]) -> Result<Vec<Change>, StoreError> {
    let mut moving = Vec::new();
    for entry in entries {
        if let Some(moved) = Moved::read(entry)? {
            moving.push((number(entry, "_id")?, text(entry, "job")?, moved));
        }
    }
    if moving.is_empty() {
        return Ok(Vec::new());
    }
    let ids: BTreeSet<&str> = moving.iter().map(|(_, job, _)| *job).collect();
    let ids: Vec<&str> = ids.into_iter().collect();
    let jobs: Vec<Document> = store
        .jobs
        .find(doc! { "_id": { "$in": ids } })
        .projection(doc! { "portal": 1, "account": 1 })
        .await?
        .try_collect()
        .await?;
    let mut accounts = HashMap::new();
    for job in &jobs {
        accounts.insert(text(job, "_id")?, account(job)?);
    }
    let change = |(seq, job, moved)| {
        Some(Change {
            seq: Some(seq),
            account: accounts.get(job)?.clone(),
            moved,
        })
    };
    Ok(moving.into_iter().filter_map(change).collect())
}
