//! A server that dies between giving a number and taking the entry out of its job.

use mongodb::{
    Client, Database,
    bson::{Bson, Document, doc},
};

use super::support::{head, links, proof};
use crate::{
    backend::{Backend, Mongo},
    given::{self, record, submitted},
};

async fn database(mongo: &Mongo) -> Database {
    let client = Client::with_uri_str(mongo.url()).await.unwrap();
    client.default_database().unwrap()
}

/// Puts entries back into their job, as if they had been copied into the audit and the server had died then. Those behind
/// `numbered` lose their numbers too.
async fn undo(mongo: &Mongo, numbered: i64) {
    let database = database(mongo).await;
    let audit = database.collection::<Document>("audit");
    let mut entries = Vec::new();
    let mut job = Bson::Null;
    let mut found = audit.find(doc! {}).sort(doc! { "_id": 1 }).await.unwrap();
    while found.advance().await.unwrap() {
        let mut entry = found.deserialize_current().unwrap();
        job = entry.get("job").unwrap().clone();
        for field in ["_id", "link"] {
            entry.remove(field);
        }
        entries.push(entry);
    }
    audit
        .delete_many(doc! { "_id": { "$gt": numbered } })
        .await
        .unwrap();
    let jobs = database.collection::<Document>("jobs");
    let outbox = doc! { "$set": { "outbox": entries } };
    jobs.update_one(doc! { "_id": job }, outbox).await.unwrap();
}

#[tokio::test]
async fn entries_that_were_numbered_in_part_get_the_same_links_from_another_server() {
    for numbered in [0, 3, 7] {
        let mongo = Mongo::new().await;
        let store = mongo.open().await;
        given::completed(&*store, "one").await;
        let (was, all) = (head(&*store).await, links(&*store).await);
        store.close().await.unwrap();
        undo(&mongo, numbered).await;
        let (one, other) = (mongo.open().await, mongo.open().await);
        let (found, others) = tokio::join!(head(&*one), head(&*other));
        assert_eq!((found, others), (was, was), "{numbered}");
        assert_eq!(links(&*one).await, all);
        submitted(&*other, record("later")).await;
        assert_eq!(proof(&*one).await.unwrap().entries, 8);
    }
}
