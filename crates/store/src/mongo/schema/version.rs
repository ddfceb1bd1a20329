//! Which schema a database has, and who can work on it.

use mongodb::bson::{Document, doc};

use super::super::{collections::Collections, document::number};
use crate::{StoreError, json};

/// The newest schema that this Formhand knows.
pub(in super::super) const KNOWN: u32 = 5;

/// The schema of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Version {
    /// What it is.
    pub(super) schema: u32,
    /// The oldest Formhand that can work on it, by the newest schema that it knows. A step that only adds something
    /// leaves it where it was, so that servers can be upgraded one after the other.
    pub(super) oldest: u32,
}

/// The schema of the database, if this Formhand can work on it; nothing if the database is new.
pub(in super::super) async fn present(store: &Collections) -> Result<Option<u32>, StoreError> {
    let present = read(store).await?;
    check(present)?;
    Ok(present.map(|present| present.schema))
}

/// Refuses one that this Formhand cannot work on.
pub(super) fn check(present: Option<Version>) -> Result<(), StoreError> {
    match present {
        Some(present) if present.oldest > KNOWN => Err(StoreError::TooNew {
            found: present.schema,
            known: KNOWN,
        }),
        _ => Ok(()),
    }
}

/// Reads it; nothing if the database is new.
pub(super) async fn read(store: &Collections) -> Result<Option<Version>, StoreError> {
    let Some(found) = store.meta.find_one(doc! { "_id": "schema" }).await? else {
        return if is_empty(store).await? {
            Ok(None)
        } else {
            let name = store.database.name();
            Err(StoreError::Corrupt(format!(
                "the database {name:?} has a collection \"jobs\" of another program: name another database in the URL"
            )))
        };
    };
    let read = |field| json::parse(u32::try_from(number(&found, field)?));
    Ok(Some(Version {
        schema: read("version")?,
        oldest: read("oldest")?,
    }))
}

/// Writes it, if it still is what it was.
pub(super) async fn write(
    store: &Collections,
    was: Option<Version>,
    version: Version,
) -> Result<bool, StoreError> {
    let fields = doc! {
        "application": "formhand",
        "version": i64::from(version.schema),
        // Whoever sealed the database has raised it.
        "oldest": i64::from(was.map_or(0, |was| was.oldest).max(version.oldest)),
    };
    let mut condition = doc! { "_id": "schema" };
    if let Some(was) = was {
        condition.insert("version", i64::from(was.schema));
    }
    let written = store
        .meta
        .update_one(condition, doc! { "$set": fields })
        .upsert(was.is_none())
        .await?;
    Ok(written.matched_count == 1 || written.upserted_id.is_some())
}

/// A database may hold other collections of its business, but none of our names.
async fn is_empty(store: &Collections) -> Result<bool, StoreError> {
    let jobs: Option<Document> = store.jobs.find_one(doc! {}).await?;
    Ok(jobs.is_none())
}
