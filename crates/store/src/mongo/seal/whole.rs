//! Sealing a whole database, or sealing it anew with another key.
//!
//! A mark says that it was begun, and nobody works on the database until it is done. Each document is changed by one write,
//! and says itself how far it is; so whoever was interrupted only has to begin again.

use formhand_seal::Keyring;
use futures_util::TryStreamExt;
use jiff::Timestamp;
use mongodb::{
    Collection,
    bson::{Bson, Document, doc},
};

use super::{
    super::{audit, collections::Collections, open, schema},
    documents::Change,
    mark,
};
use crate::{
    StoreError,
    contract::{Resealed, SealError, SealWish},
    seal::Mark,
};

/// What is set in a document, if anything.
type Of<'a> = &'a (dyn Fn(&Document) -> Result<Option<Document>, StoreError> + Sync);

/// Documents that are read and written at once.
const BATCH: i64 = 500;

/// Seals all with the present key.
pub(crate) async fn reseal(
    url: &str,
    keys: &Keyring,
    wish: SealWish,
    now: Timestamp,
    tell: &(dyn Fn(u64) + Sync),
) -> Result<Resealed, SealError> {
    let store = open::connect(url).await?;
    let done = Box::pin(with(&store, keys, wish, now, tell)).await;
    store.client.shutdown().immediate(true).await;
    done
}

async fn with(
    store: &Collections,
    keys: &Keyring,
    wish: SealWish,
    now: Timestamp,
    tell: &(dyn Fn(u64) + Sync),
) -> Result<Resealed, SealError> {
    open::ready(store, now).await?;
    if let Some(server) = schema::server_at_work(store, now).await? {
        return Err(SealError::InUse(server));
    }
    let was = mark::read(store).await?;
    wish.check(was.as_ref(), keys)?;
    let is_done = |was: &Mark| was.is_whole && was.key == keys.current();
    if was.as_ref().is_some_and(is_done) {
        return Ok(Resealed {
            key: keys.current(),
            values: 0,
        });
    }
    let mark = started(store, was, keys).await?;
    let seal = mark.open(keys)?;
    // Nobody who has it open already writes anything in clear meanwhile.
    schema::close(store).await?;
    let change = Change {
        to: &seal,
        key: keys.current(),
    };
    let values = all(store, &change, tell).await?;
    schema::reopen(store).await?;
    mark::replace(
        store,
        &Mark {
            is_whole: true,
            ..mark
        },
    )
    .await?;
    Ok(Resealed {
        key: keys.current(),
        values,
    })
}

/// Marks that it has begun.
async fn started(
    store: &Collections,
    was: Option<Mark>,
    keys: &Keyring,
) -> Result<Mark, StoreError> {
    let Some(was) = was else {
        audit::number_all(store).await?;
        let mark = Mark {
            is_whole: false,
            ..Mark::new(keys)
        };
        if mark::begin(store, &mark).await? {
            return Ok(mark);
        }
        return Err(StoreError::HalfSealed);
    };
    let mark = Mark {
        is_whole: false,
        ..was.renewed(keys)?
    };
    mark::replace(store, &mark).await?;
    Ok(mark)
}

async fn all(
    store: &Collections,
    change: &Change<'_>,
    tell: &(dyn Fn(u64) + Sync),
) -> Result<u64, StoreError> {
    // Entries that have no number stand in their jobs; those of a server that died, perhaps.
    audit::number_all(store).await?;
    let kinds: [(&Collection<Document>, Of<'_>); 6] = [
        (&store.jobs, &|found| change.job(found)),
        (&store.audit, &|found| change.entry(found)),
        (&store.questions, &|found| change.question(found)),
        (&store.deliveries, &|found| change.delivery(found)),
        (&store.session_events, &|found| change.session_event(found)),
        (&store.accounts, &|found| change.account(found)),
    ];
    let mut values = 0;
    for (collection, of) in kinds {
        let mut last = Bson::MinKey;
        loop {
            let found = after(collection, &last).await?;
            let Some(newest) = found.last().and_then(|found| found.get("_id")) else {
                break;
            };
            last = newest.clone();
            values += write(store, collection, &found, of).await?;
            tell(values);
        }
    }
    Ok(values + taken(store, change).await?)
}

async fn after(
    collection: &Collection<Document>,
    last: &Bson,
) -> Result<Vec<Document>, StoreError> {
    let behind = doc! { "_id": { "$gt": last } };
    let found = collection.find(behind).sort(doc! { "_id": 1 }).limit(BATCH);
    Ok(found.await?.try_collect().await?)
}

async fn write(
    store: &Collections,
    collection: &Collection<Document>,
    found: &[Document],
    of: Of<'_>,
) -> Result<u64, StoreError> {
    let mut updates = Vec::new();
    for document in found {
        if let (Some(set), Some(id)) = (of(document)?, document.get("_id")) {
            updates.push(doc! { "q": { "_id": id }, "u": { "$set": set } });
        }
    }
    let count = updates.len() as u64;
    if count > 0 {
        let update = doc! {
            "update": collection.name(),
            "updates": updates,
            "bypassDocumentValidation": true,
            "writeConcern": { "w": "majority" },
        };
        let answer = store.database.run_command(update).await?;
        if answer.contains_key("writeErrors") {
            return Err(StoreError::Backend(format!(
                "documents of {:?} could not be written",
                collection.name()
            )));
        }
    }
    Ok(count)
}

/// A document under another id is another document: the new one is there before the old one goes.
async fn taken(store: &Collections, change: &Change<'_>) -> Result<u64, StoreError> {
    let mut values = 0;
    loop {
        let clear = doc! { "sealed": { "$ne": true } };
        let found: Vec<Document> = store
            .taken
            .find(clear)
            .limit(BATCH)
            .await?
            .try_collect()
            .await?;
        if found.is_empty() {
            return Ok(values);
        }
        for document in &found {
            let hash = change.taken(document)?;
            store
                .taken
                .replace_one(doc! { "_id": &hash }, doc! { "_id": &hash, "sealed": true })
                .upsert(true)
                .await?;
            let old = doc! { "_id": document.get("_id") };
            store.taken.delete_one(old).await?;
            values += 1;
        }
    }
}
