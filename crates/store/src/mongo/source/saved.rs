//! A source's document, read.

use formhand_domain::SourceName;
use futures_util::TryStreamExt;
use mongodb::bson::{Document, doc};

use super::{
    super::{
        collections::Collections,
        document::{number, optional_number, text},
        right,
    },
    quarantine, reached, tell,
    trouble::field,
};
use crate::{SavedSource, SourceCounts, SourceTask, SourceTrouble, StoreError, json, time};

/// One source.
pub(super) async fn find(
    store: &Collections,
    source: &SourceName,
) -> Result<Option<SavedSource>, StoreError> {
    match store
        .sources
        .find_one(doc! { "_id": source.as_str() })
        .await?
    {
        Some(found) => saved(store, &found).await.map(Some),
        None => Ok(None),
    }
}

/// All of them.
pub(super) async fn all(store: &Collections) -> Result<Vec<SavedSource>, StoreError> {
    let found: Vec<Document> = store
        .sources
        .find(doc! {})
        .sort(doc! { "_id": 1 })
        .await?
        .try_collect()
        .await?;
    let mut sources = Vec::with_capacity(found.len());
    for document in &found {
        sources.push(saved(store, document).await?);
    }
    Ok(sources)
}

async fn saved(store: &Collections, document: &Document) -> Result<SavedSource, StoreError> {
    let name = json::parse(SourceName::new(text(document, "_id")?))?;
    let count = |field| {
        let count = optional_number(document, field)?.unwrap_or_default();
        json::parse(u64::try_from(count))
    };
    Ok(SavedSource {
        lease: right::held(document)?,
        reached: part(document, "reached", reached::read)?,
        told: count("told")?,
        counts: SourceCounts {
            taken: count("taken")?,
            invalid: count("invalid")?,
            duplicates: count("duplicates")?,
        },
        quarantined: quarantine::count(store, &name).await?,
        refused: tell::count_refused(store, &name).await?,
        trouble: part(document, field(SourceTask::Watching), trouble)?,
        telling_trouble: part(document, field(SourceTask::Telling), trouble)?,
        name,
    })
}

fn part<T>(
    document: &Document,
    field: &str,
    read: impl Fn(&Document) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    document.get_document(field).ok().map(read).transpose()
}

fn trouble(part: &Document) -> Result<SourceTrouble, StoreError> {
    Ok(SourceTrouble {
        since: time::read(number(part, "since")?)?,
        text: text(part, "text")?.to_owned(),
    })
}
