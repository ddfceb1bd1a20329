//! What is not moved, and why.

use formhand_store::{CopyError, MongoStore, NodeEntry, SqliteStore, Store, copy};

use super::{filled::BUDGET, place::Place};
use crate::{
    backend::{Mongo, Sqlite},
    given::{account, at, node, record, submitted},
};

async fn refusal(place: &Place) -> String {
    let refused = place.copy().await.unwrap_err();
    let words = refused.to_string();
    words
        .replace(&place.host(), "HOST")
        .replace(&place.database(), "DATABASE")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_database_with_a_job_is_not_copied_into_and_stays_as_it_was() {
    let place = Place::new().await;
    let store = place.target().await;
    let id = submitted(&store, record("of the database")).await;
    insta::assert_snapshot!(refusal(&place).await, @"the target has jobs already");
    assert_eq!(place.opens().await, (true, true));
    assert!(store.job(id).await.unwrap().is_some());
    submitted(&store, record("another")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_database_that_knows_logins_is_not_copied_into() {
    let place = Place::new().await;
    let store = place.target().await;
    let broker = account();
    let login = store.begin_login(&broker, None, "p1", BUDGET, at(0));
    login.await.unwrap().unwrap();
    insta::assert_snapshot!(refusal(&place).await, @"the target has sessions or logins of accounts already");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_database_with_a_server_at_work_is_not_copied_into() {
    let place = Place::new().await;
    let store = place.target().await;
    let entry = NodeEntry {
        id: node("node-b"),
        version: "1.2.3".into(),
        schema: store.schema(),
        workers: 1,
        at_work: 0,
        started_at: at(0),
        seen_at: at(10),
    };
    store.announce_node(entry).await.unwrap();
    insta::assert_snapshot!(refusal(&place).await, @"server node-b works on the target, or did so a moment ago");
    store.forget_node(&node("node-b")).await.unwrap();
    place.copy().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_moved_is_not_moved_again() {
    let place = Place::new().await;
    place.copy().await.unwrap();
    insta::assert_snapshot!(refusal(&place).await, @"the store was moved to HOST/DATABASE on 2026-01-05T09:00:20Z");
    let other = Mongo::new().await;
    let again = copy(&place.source(), other.url(), at(30), &|_| ()).await;
    assert!(matches!(again, Err(CopyError::AlreadyMoved { .. })));
    submitted(&place.target().await, record("new")).await;
    let again = place.copy().await;
    assert!(matches!(again, Err(CopyError::AlreadyMoved { .. })));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_unfinished_copy_of_another_store_is_left_alone() {
    let place = Place::new().await;
    let sqlite = Sqlite::new();
    let other = SqliteStore::open(sqlite.path()).unwrap();
    submitted(&other, record("of another")).await;
    other.close().await.unwrap();
    // It breaks off when it wants to know whether it may go on.
    let stops = |_| panic!("stop here");
    let (from, to) = (sqlite.path(), place.url.clone());
    let broken = tokio::spawn(async move { copy(&from, &to, at(0), &stops).await.is_ok() });
    broken.await.unwrap_err();
    insta::assert_snapshot!(refusal(&place).await, @"the target is an unfinished copy of another store, or of an older state of this one");
    assert_eq!(place.opens().await, (true, false));
    let finished = copy(&sqlite.path(), &place.url, at(1), &|_| ()).await;
    assert_eq!(finished.unwrap().jobs, 1);
}

#[tokio::test]
async fn a_file_that_is_not_there_is_not_made() {
    let (sqlite, mongo) = (Sqlite::new(), Mongo::new().await);
    let refused = copy(&sqlite.path(), mongo.url(), at(0), &|_| ()).await;
    assert!(matches!(refused, Err(CopyError::NoSource(_))));
    assert!(!sqlite.path().exists());
    MongoStore::open(mongo.url(), at(0)).await.unwrap();
}
