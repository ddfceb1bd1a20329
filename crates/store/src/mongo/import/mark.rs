//! The mark of a copy: a document of `meta` that is there from before its first write until it is done with.

use mongodb::bson::{Document, doc};

use super::super::{collections::Collections, document::text, error::is_taken};
use crate::{StoreError, json};

/// Its name in `meta`.
const ID: &str = "copy";

/// What the mark says.
pub(crate) struct Mark {
    /// The name of the try, which the source knows too.
    pub(crate) id: String,
    pub(crate) stage: Stage,
}

/// How far the copy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Nothing was written yet. What is there is somebody else's.
    Closing,
    /// What is there was copied, or what is left of that.
    Copying,
    /// All is there, and compared. The source may be marked as moved.
    Whole,
}

impl Stage {
    const ALL: [Self; 3] = [Self::Closing, Self::Copying, Self::Whole];

    fn as_str(self) -> &'static str {
        match self {
            Self::Closing => "closing",
            Self::Copying => "copying",
            Self::Whole => "whole",
        }
    }
}

/// Refuses a database that is being copied into.
pub(in super::super) async fn refuse_unfinished(store: &Collections) -> Result<(), StoreError> {
    match find(store).await? {
        None => Ok(()),
        Some(_) => Err(StoreError::Unfinished),
    }
}

pub(super) async fn find(store: &Collections) -> Result<Option<Mark>, StoreError> {
    let found = store.meta.find_one(doc! { "_id": ID }).await?;
    found.as_ref().map(read).transpose()
}

fn read(document: &Document) -> Result<Mark, StoreError> {
    let said = text(document, "stage")?;
    let stage = Stage::ALL.into_iter().find(|stage| stage.as_str() == said);
    let unknown = || format!("a copy at the stage {said:?}, which this Formhand does not know");
    Ok(Mark {
        id: text(document, "copy")?.to_owned(),
        stage: json::parse(stage.ok_or_else(unknown))?,
    })
}

/// Leaves a mark where none is. False if there is one by now.
pub(super) async fn leave(store: &Collections, id: &str) -> Result<bool, StoreError> {
    let mark = doc! { "_id": ID, "copy": id, "stage": Stage::Closing.as_str() };
    match store.meta.insert_one(mark).await {
        Ok(_) => Ok(true),
        Err(error) if is_taken(&error) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Puts another mark in the place of the one that was found. False if it is not there any more.
pub(super) async fn replace(
    store: &Collections,
    was: &Mark,
    now: &Mark,
) -> Result<bool, StoreError> {
    let set = doc! { "$set": { "copy": &now.id, "stage": now.stage.as_str() } };
    let done = store.meta.update_one(as_found(was), set).await?;
    Ok(done.matched_count == 1)
}

/// Takes the mark away. False if it is not there any more.
pub(super) async fn remove(store: &Collections, was: &Mark) -> Result<bool, StoreError> {
    let done = store.meta.delete_one(as_found(was)).await?;
    Ok(done.deleted_count == 1)
}

fn as_found(mark: &Mark) -> Document {
    doc! { "_id": ID, "copy": &mark.id, "stage": mark.stage.as_str() }
}
