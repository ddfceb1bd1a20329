//! Whoever can write the database can change it. Each way is found, and where.

use formhand_store::KeptHead;
use mongodb::{
    Client, Collection,
    bson::{Document, doc},
};

use super::support::{head, lived, proof, prove, said};
use crate::backend::{Backend, Mongo};

async fn audit(mongo: &Mongo) -> Collection<Document> {
    let client = Client::with_uri_str(mongo.url()).await.unwrap();
    let database = client.default_database().unwrap();
    let lax = doc! { "collMod": "audit", "validator": {} };
    database.run_command(lax).await.unwrap();
    database.collection("audit")
}

/// What the proof says when these documents were changed.
async fn after(which: Document, update: Document) -> String {
    let mongo = Mongo::new().await;
    let store = mongo.open().await;
    lived(&*store).await;
    assert!(proof(&*store).await.is_ok());
    let changed = audit(&mongo).await.update_many(which, update).await;
    assert!(changed.unwrap().modified_count > 0);
    said(proof(&*store).await)
}

#[tokio::test]
async fn what_was_changed_is_found() {
    let of = |seq: i64| doc! { "_id": seq };
    let set = |field: &str, value: &str| doc! { "$set": { field: value } };
    insta::assert_snapshot!(after(of(3), set("event", "arm")).await, @"the audit is broken: entry 3 says something else than what was written");
    insta::assert_snapshot!(after(of(10), set("about", "practice/other")).await, @"the audit is broken: entry 10 says something else than what was written");
    insta::assert_snapshot!(after(of(10), set("deed", "x")).await, @"the audit is broken: entry 10 cannot be read");
    let emptied = doc! { "$unset": { "job": "", "salt": "" } };
    insta::assert_snapshot!(after(of(4), emptied).await, @"the audit is broken: entry 4 says nothing any more, and nothing in the chain says that its job was removed");
    insta::assert_snapshot!(after(of(11), set("detail", "1-9")).await, @"the audit is broken: entry 11 says something else than what was written");
    insta::assert_snapshot!(after(of(5), doc! { "$unset": { "link": "" } }).await, @"the audit is broken: entry 5 was put there past the chain");
}

#[tokio::test]
async fn what_was_taken_out_or_changed_places_is_found() {
    let mongo = Mongo::new().await;
    let store = mongo.open().await;
    lived(&*store).await;
    let audit = audit(&mongo).await;
    let fourth = audit.find_one_and_delete(doc! { "_id": 4_i64 }).await;
    let mut fourth = fourth.unwrap().unwrap();
    insta::assert_snapshot!(said(proof(&*store).await), @"the audit is broken: entry 4 is missing");
    fourth.insert("_id", 0_i64);
    fourth.insert("key", "other");
    audit.insert_one(fourth).await.unwrap();
    insta::assert_snapshot!(said(proof(&*store).await), @"the audit is broken: entry 0 was put there past the chain");
}

#[tokio::test]
async fn what_was_put_in_is_found_and_keeps_nobody_from_writing() {
    let mongo = Mongo::new().await;
    let store = mongo.open().await;
    lived(&*store).await;
    let audit = audit(&mongo).await;
    let first = audit.find_one(doc! { "_id": 1_i64 }).await.unwrap();
    let mut first = first.unwrap();
    first.insert("_id", 16_i64);
    first.insert("key", "other");
    audit.insert_one(first).await.unwrap();
    insta::assert_snapshot!(said(proof(&*store).await), @"the audit is broken: entry 16 does not follow from what is before it: it was replaced, or what is before it was");
    crate::given::submitted(&*store, crate::given::record("later")).await;
    assert_eq!(store.audit_after(16, 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_end_that_was_cut_off_is_found_by_a_head_that_was_kept() {
    let mongo = Mongo::new().await;
    let store = mongo.open().await;
    lived(&*store).await;
    let kept: KeptHead = head(&*store).await.into();
    let cut = doc! { "_id": { "$gt": 13_i64 } };
    audit(&mongo).await.delete_many(cut).await.unwrap();
    let broken = prove(&*store, Some(kept)).await.unwrap_err();
    assert_eq!((broken.seq, broken.fault.as_str()), (14, "cut_off"));
}
