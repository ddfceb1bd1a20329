//! Stores of a Formhand that had no chain.

use formhand_store::{Chain as _, Content, Deed, Kept, SqliteStore, Store};
use mongodb::{
    Client, Database,
    bson::{Document, doc},
};
use rusqlite::Connection;

use super::support::{cancelled, links, lived, proof};
use crate::{
    backend::{Backend, Mongo, Sqlite},
    given::{self, record, submitted},
};

/// As the tenth schema had it.
fn set_back(place: &Sqlite) {
    let conn = Connection::open(place.path()).unwrap();
    conn.execute_batch(
        "DROP TABLE seal; ALTER TABLE jobs DROP COLUMN idempotency_sealed;
         DROP TABLE audit_chain; DROP TABLE audit_acts; ALTER TABLE audit DROP COLUMN salt; PRAGMA user_version = 10;",
    )
    .unwrap();
}

/// Where the chain begins, and behind how many entries.
async fn begun(store: &dyn Store) -> (u64, u64) {
    let verified = proof(store).await.unwrap();
    let at = verified.begun_at.unwrap();
    let link = links(store).await.into_iter().find(|link| link.seq == at);
    let Kept::Whole {
        content: Content::Act(act),
        ..
    } = link.unwrap().kept
    else {
        panic!("the chain begins with no act");
    };
    match act.deed {
        Deed::BeginChain { entries } => (at, entries),
        other => panic!("{other:?} begins no chain"),
    }
}

#[tokio::test]
async fn a_file_with_an_audit_gets_a_chain_that_says_where_it_begins() {
    let place = Sqlite::new();
    let store = SqliteStore::open(place.path()).unwrap();
    lived(&store).await;
    let was = store.audit_after(0, 100).await.unwrap();
    store.close().await.unwrap();
    set_back(&place);
    let store = SqliteStore::open(place.path()).unwrap();
    assert_eq!(store.audit_after(0, 100).await.unwrap(), was);
    assert_eq!(begun(&store).await, (16, 11));
    submitted(&store, record("later")).await;
    assert_eq!(proof(&store).await.unwrap().entries, 13);
    store.close().await.unwrap();
    // Only once.
    let store = SqliteStore::open(place.path()).unwrap();
    assert_eq!(begun(&store).await, (16, 11));
}

#[tokio::test]
async fn a_file_without_an_audit_needs_no_beginning() {
    let place = Sqlite::new();
    SqliteStore::open(place.path())
        .unwrap()
        .close()
        .await
        .unwrap();
    set_back(&place);
    let store = SqliteStore::open(place.path()).unwrap();
    assert_eq!(store.head().await.unwrap(), None);
    submitted(&store, record("one")).await;
    assert_eq!(proof(&store).await.unwrap().begun_at, None);
}

async fn database(mongo: &Mongo) -> Database {
    let client = Client::with_uri_str(mongo.url()).await.unwrap();
    client.default_database().unwrap()
}

/// As the third schema had it, with the last entry still in its job.
async fn set_database_back(mongo: &Mongo) {
    let database = database(mongo).await;
    let lax = doc! { "collMod": "audit", "validator": {} };
    database.run_command(lax).await.unwrap();
    let audit = database.collection::<Document>("audit");
    let only_chain = doc! { "job": { "$exists": false } };
    audit.delete_many(only_chain).await.unwrap();
    let bare = doc! { "$unset": { "salt": "", "digest": "", "link": "" } };
    audit.update_many(doc! {}, bare).await.unwrap();
    let newest = audit.find_one(doc! {}).sort(doc! { "_id": -1 }).await;
    let mut newest = newest.unwrap().unwrap();
    audit
        .delete_one(doc! { "_id": newest.get("_id") })
        .await
        .unwrap();
    newest.remove("_id");
    let of = doc! { "_id": newest.get("job") };
    let outbox = doc! { "$set": { "outbox": [newest] } };
    let jobs = database.collection::<Document>("jobs");
    jobs.update_one(of, outbox).await.unwrap();
    let meta = database.collection::<Document>("meta");
    meta.delete_one(doc! { "_id": "chain" }).await.unwrap();
    let third = doc! { "$set": { "version": 3_i64, "oldest": 2_i64 } };
    meta.update_one(doc! { "_id": "schema" }, third)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_database_with_an_audit_gets_a_chain_that_says_where_it_begins() {
    let mongo = Mongo::new().await;
    let store = mongo.open().await;
    lived(&*store).await;
    let was = store.audit_after(0, 100).await.unwrap();
    store.close().await.unwrap();
    set_database_back(&mongo).await;
    // Of several that start at once each makes the step.
    let (one, other) = tokio::join!(mongo.open(), mongo.open());
    let now = other.audit_after(0, 100).await.unwrap();
    assert_eq!(now, was);
    assert_eq!(begun(&*one).await, (16, 11));
    submitted(&*one, record("later")).await;
    submitted(&*other, record("other")).await;
    assert_eq!(proof(&*one).await.unwrap().entries, 14);
    let meta = database(&mongo).await.collection::<Document>("meta");
    let left = meta
        .find_one(doc! { "_id": "chain" })
        .await
        .unwrap()
        .unwrap();
    assert!(
        !left.contains_key("seed"),
        "salts could be made again of it"
    );
    assert_eq!(begun(&*mongo.open().await).await, (16, 11));
}

#[tokio::test]
async fn a_beginning_that_was_interrupted_is_finished_by_the_next() {
    let mongo = Mongo::new().await;
    let store = mongo.open().await;
    given::completed(&*store, "one").await;
    cancelled(&*store, "two").await;
    store.close().await.unwrap();
    set_database_back(&mongo).await;
    let database = database(&mongo).await;
    let meta = database.collection::<Document>("meta");
    let seed = mongodb::bson::Binary {
        subtype: mongodb::bson::spec::BinarySubtype::Generic,
        bytes: vec![7; 32],
    };
    // One has written its seed down and has come no further.
    let begun_by_another = doc! { "_id": "chain", "seed": seed, "at": 1_767_600_000_000_000_i64 };
    meta.insert_one(begun_by_another).await.unwrap();
    let store = mongo.open().await;
    assert_eq!(begun(&*store).await, (10, 9));
}
