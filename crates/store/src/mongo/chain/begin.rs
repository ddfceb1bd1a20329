//! Binding what was there before there was a chain.
//!
//! Several servers of a new version may do it at once, and one may die in the middle. So all of it follows from a seed that
//! the first of them has written down, and who comes later does the same again. The seed goes when it is done: with it the
//! salts of entries could be made again that are removed one day.

use formhand_domain::Writer;
use futures_util::TryStreamExt;
use jiff::Timestamp;
use mongodb::bson::{Document, doc};

use super::{
    super::{
        audit,
        collections::Collections,
        document::{number, text},
    },
    act,
    document::{SALT, binary, bond, bond_fields, bytes},
};
use crate::{Act, Bond, Deed, Digest, Salt, StoreError, digest_of_job, json, seal::Seal, time};

/// Entries that are bound at once.
const ENTRIES: i64 = 1_000;

/// The document of `meta` that says how it was begun.
const ID: &str = "chain";

/// The key of the act that says where the chain begins.
const KEY: &str = "act/begin_chain";

/// Binds each entry as it is found, numbers what has none, and says so at the end: only from there on the chain proves what
/// happened. Nothing if that was done before.
pub(in super::super) async fn begin(store: &Collections, now: Timestamp) -> Result<(), StoreError> {
    let seed: [u8; 32] = rand::random();
    let new = doc! { "seed": binary(&seed), "at": time::stored(now) };
    let by_id = doc! { "_id": ID };
    store
        .meta
        .update_one(by_id.clone(), doc! { "$setOnInsert": new })
        .upsert(true)
        .await?;
    let begun = store
        .meta
        .find_one(by_id.clone())
        .await?
        .unwrap_or_default();
    let Some(seed) = bytes(&begun, "seed") else {
        return Ok(());
    };
    bind_all(store, seed).await?;
    audit::number_all(store).await?;
    if audit::last_number(store).await? > 0 {
        let entries = store.audit.count_documents(doc! { "key": { "$ne": KEY } });
        let act = Act {
            at: time::read(number(&begun, "at")?)?,
            writer: Writer::Queue,
            deed: Deed::BeginChain {
                entries: entries.await?,
            },
        };
        act::insert(store, KEY, act, Salt::derived(seed, KEY)).await?;
    }
    let done = doc! { "$unset": { "seed": "" } };
    store.meta.update_one(by_id, done).await?;
    Ok(())
}

async fn bind_all(store: &Collections, seed: &[u8]) -> Result<(), StoreError> {
    let (mut last, mut before) = (0, Digest::NOTHING);
    loop {
        let found: Vec<Document> = store
            .audit
            .find(doc! { "_id": { "$gt": last } })
            .sort(doc! { "_id": 1 })
            .limit(ENTRIES)
            .await?
            .try_collect()
            .await?;
        let Some(newest) = found.last() else {
            return Ok(());
        };
        last = number(newest, "_id")?;
        let mut updates = Vec::new();
        for document in &found {
            if let Some(bond) = bond(document) {
                before = bond.link;
                continue;
            }
            let (update, link) = update(document, seed, &before)?;
            updates.push(update);
            before = link;
        }
        if !updates.is_empty() {
            let concern = doc! { "w": "majority" };
            let update = doc! { "update": "audit", "updates": updates, "ordered": true, "writeConcern": concern };
            store.database.run_command(update).await?;
        }
    }
}

fn update(
    document: &Document,
    seed: &[u8],
    before: &Digest,
) -> Result<(Document, Digest), StoreError> {
    let salt = Salt::derived(seed, text(document, "key")?);
    let id = number(document, "_id")?;
    let seq = json::parse(u64::try_from(id))?;
    let digest = digest(document, &salt)?;
    let bond = Bond::behind(before, seq, digest);
    let mut fields = bond_fields(bond);
    fields.insert(SALT, binary(salt.bytes()));
    let unbound = doc! { "_id": id, "link": { "$exists": false } };
    Ok((doc! { "q": unbound, "u": { "$set": fields } }, bond.link))
}

/// One that cannot be read keeps nobody from working. It gets a hash that nothing has, so each proof tells of it.
fn digest(document: &Document, salt: &Salt) -> Result<Digest, StoreError> {
    match audit::entry(&Seal::plain(), document) {
        Ok(entry) => Ok(digest_of_job(&entry, salt)),
        Err(StoreError::Corrupt(error)) => {
            tracing::warn!(error, "an entry of the audit is bound that cannot be read");
            Ok(Digest::NOTHING)
        }
        Err(other) => Err(other),
    }
}
