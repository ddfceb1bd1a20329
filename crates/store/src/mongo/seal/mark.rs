//! What the database says of its seal: a document of `meta`.

use formhand_seal::Keyring;
use mongodb::bson::{Document, doc};

use super::super::{collections::Collections, document::text, error::is_taken};
use crate::{
    StoreError,
    seal::{self, Mark},
};

/// Its name in `meta`.
const ID: &str = "seal";

/// The oldest Formhand that can work on a sealed database, by the newest schema that it knows.
const OLDEST: i64 = 5;

/// The database with its seal. One in which nothing is yet is sealed by this, if there is a key.
pub(in super::super) async fn settle(
    mut store: Collections,
    keys: Option<&Keyring>,
) -> Result<Collections, StoreError> {
    let mut mark = read(&store).await?;
    if let (None, Some(keys)) = (&mark, keys)
        && is_new(&store).await?
    {
        // Of several that open a new database one makes the mark.
        begin(&store, &Mark::new(keys)).await?;
        mark = read(&store).await?;
    }
    store.seal = seal::settled(mark.as_ref(), keys)?;
    Ok(store)
}

/// What the database says.
pub(super) async fn read(store: &Collections) -> Result<Option<Mark>, StoreError> {
    let found = store.meta.find_one(doc! { "_id": ID }).await?;
    let read = |found: &Document| {
        Ok(Mark {
            store: text(found, "store")?.to_owned(),
            key: seal::key_id(text(found, "key")?)?,
            blind: text(found, "blind")?.to_owned(),
            is_whole: found.get_bool("whole").unwrap_or(false),
        })
    };
    found.as_ref().map(read).transpose()
}

/// Makes the first mark. False if there is one by now.
pub(super) async fn begin(store: &Collections, mark: &Mark) -> Result<bool, StoreError> {
    // First, so that no older one works beside.
    store
        .meta
        .update_one(
            doc! { "_id": "schema" },
            doc! { "$max": { "oldest": OLDEST } },
        )
        .await?;
    let mut document = fields(mark);
    document.insert("_id", ID);
    match store.meta.insert_one(document).await {
        Ok(_) => Ok(true),
        Err(error) if is_taken(&error) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Writes another mark over the one that is there.
pub(super) async fn replace(store: &Collections, mark: &Mark) -> Result<(), StoreError> {
    let set = doc! { "$set": fields(mark) };
    store.meta.update_one(doc! { "_id": ID }, set).await?;
    Ok(())
}

fn fields(mark: &Mark) -> Document {
    doc! {
        "store": &mark.store,
        "key": mark.key.to_string(),
        "blind": &mark.blind,
        "whole": mark.is_whole,
    }
}

async fn is_new(store: &Collections) -> Result<bool, StoreError> {
    for collection in [
        &store.jobs,
        &store.audit,
        &store.questions,
        &store.accounts,
        &store.session_events,
        &store.deliveries,
        &store.taken,
    ] {
        if collection.find_one(doc! {}).await?.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}
