//! A copy that broke off is finished by another one, wherever it broke off.

use std::collections::BTreeSet;

use formhand_mongod::{FailCommand, FailMode, Failure, ReplicaSet};
use formhand_store::{Copied, CopyError, MongoStore, Store, StoreError, StorePlace, copy};
use tokio::sync::Notify;

use super::{place::Place, same::assert_same};
use crate::given::{at, record, submitted};

/// What a copy says to the database.
const COMMANDS: [&str; 7] = [
    "insert",
    "update",
    "delete",
    "collMod",
    "create",
    "find",
    "aggregate",
];

/// More commands than a copy sends.
const MOST: i32 = 200;

/// A server of its own, for one can be told of one fault only.
async fn server() -> (tempfile::TempDir, ReplicaSet) {
    let folder = tempfile::tempdir().unwrap();
    let server = ReplicaSet::start(folder.path()).await.unwrap();
    (folder, server)
}

async fn copy_after(server: &ReplicaSet, place: &Place, count: i32) -> Result<Copied, CopyError> {
    let failure = Failure::Error {
        // Not one that the driver tries again.
        code: 8_000,
        labels: Vec::new(),
    };
    let mode = FailMode::AfterFirst(count);
    let failing = FailCommand::new(COMMANDS, mode, failure).only_of("copying");
    server.fail_command(&failing).await.unwrap();
    let url = format!("{}&appName=copying", place.url);
    let copied = copy(&place.source(), &url, at(20), &|_| ()).await;
    server.heal().await.unwrap();
    copied
}

/// Each run comes one command further than the one before it and is cut off there; the next starts from what that has
/// left.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn wherever_it_breaks_off_one_store_opens_or_the_next_run_finishes_it() {
    let (_folder, server) = server().await;
    let url = server.url().replace("/?", "/moving?");
    let place = Place::to(&url).await;
    // Made before, so that an unfinished copy is all that keeps anybody from opening it.
    drop(place.target().await);
    let mut seen = BTreeSet::new();
    let mut count = 0;
    loop {
        let copied = copy_after(&server, &place, count).await;
        let opens = place.opens().await;
        let is_new = seen.insert(opens);
        match copied {
            Ok(copied) => {
                assert!(copied.was_whole);
                assert_eq!(opens, (false, true));
                break;
            }
            Err(_) if opens == (true, true) => {
                // Nothing has been written there so far.
                let target = place.target().await;
                assert_eq!(target.stats().await.unwrap().total(), 0);
            }
            Err(error) => assert_ne!(opens, (false, true), "after {count}: {error}"),
        }
        // The run that only has to finish is cut off everywhere, too.
        count = if is_new && opens == (false, false) {
            0
        } else {
            count + 1
        };
        assert!(count < MOST);
    }
    let expected = [(true, true), (true, false), (false, false), (false, true)];
    assert_eq!(seen, BTreeSet::from(expected));
    assert_same(&place.before(), &place.target().await).await;
}

/// The same, and each run is followed by one that nothing cuts off.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_more_run_is_enough_wherever_it_broke_off() {
    let (_folder, server) = server().await;
    let mut count = 0;
    loop {
        let url = server.url().replace("/?", &format!("/moving-{count}?"));
        let place = Place::to(&url).await;
        drop(place.target().await);
        if copy_after(&server, &place, count).await.is_ok() {
            break;
        }
        let jobs = place.copy().await.unwrap().jobs;
        assert_eq!(jobs, place.before().stats().await.unwrap().total());
        assert_eq!(place.opens().await, (false, true), "after {count}");
        // Not each of them, for each takes a database of its own.
        count += 11;
        assert!(count < MOST);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_the_source_has_done_since_a_copy_broke_off_is_copied() {
    let place = Place::new().await;
    let reached = Notify::new();
    let tell = |_| reached.notify_one();
    let (from, url) = (place.source(), place.url.clone());
    tokio::select! {
        // The first thing that is told of is that jobs are copied.
        () = reached.notified() => {}
        copied = copy(&from, &url, at(20), &tell) => panic!("{copied:?}"),
    }
    let refused = MongoStore::open(&url, at(20)).await.err().unwrap();
    assert_eq!(refused, StoreError::Unfinished);
    let database = StorePlace::Mongo(url.clone());
    assert_eq!(database.schema().await.as_ref(), Err(&refused));
    insta::assert_snapshot!(refused, @"the store is an unfinished copy of another one: run `formhand store copy` again");
    let source = formhand_store::SqliteStore::open(place.source()).unwrap();
    let id = submitted(&source, record("since then")).await;
    source.close().await.unwrap();
    let copied = place.copy().await.unwrap();
    let target = place.target().await;
    assert!(target.job(id).await.unwrap().is_some());
    assert_eq!(copied.jobs, target.stats().await.unwrap().total());
}
