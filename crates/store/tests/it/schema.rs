//! Which schema a store has, and what a program does with one that it does not know.

use std::{
    fs,
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::Duration,
};

use formhand_store::{
    CopyError, HourOutcomes, JobFilter, MongoStore, SearchText, SqliteStore, Stats, Store,
    StoreError, StorePlace, Total, copy,
};
use mongodb::{
    Client, Database,
    bson::{Document, doc},
};
use tokio::net::TcpStream;

use crate::{
    backend::{Backend, Mongo, Sqlite},
    given::{self, at, record, submitted},
};

fn place_of(sqlite: &Sqlite) -> StorePlace {
    StorePlace::Sqlite(sqlite.path())
}

async fn database(mongo: &Mongo) -> Database {
    let client = Client::with_uri_str(mongo.url()).await.unwrap();
    client.default_database().unwrap()
}

/// What the database says of its schema.
async fn said(mongo: &Mongo) -> Option<Document> {
    let meta = database(mongo).await.collection::<Document>("meta");
    meta.find_one(doc! { "_id": "schema" }).await.unwrap()
}

async fn say(mongo: &Mongo, version: i64, oldest: i64) {
    let meta = database(mongo).await.collection::<Document>("meta");
    let set = doc! { "$set": { "version": version, "oldest": oldest } };
    meta.update_one(doc! { "_id": "schema" }, set)
        .await
        .unwrap();
}

async fn refusal(mongo: &Mongo) -> StoreError {
    let place = StorePlace::Mongo(mongo.url().to_owned());
    let refused = place.open(at(0)).await.err().unwrap();
    assert_eq!(place.schema().await.unwrap_err(), refused);
    refused
}

#[tokio::test]
async fn a_file_has_no_schema_before_it_is_opened_and_asking_makes_none() {
    let sqlite = Sqlite::new();
    let place = place_of(&sqlite);
    assert_eq!(place.schema().await, Ok(None));
    assert!(!sqlite.path().exists());
    let store = place.open(at(0)).await.unwrap();
    assert_eq!(store.schema(), place.known_schema());
    assert_eq!(place.schema().await, Ok(Some(place.known_schema())));
}

#[tokio::test]
async fn a_file_of_an_older_formhand_is_told_and_not_changed() {
    let sqlite = Sqlite::new();
    let store = SqliteStore::open(sqlite.path()).unwrap();
    store.close().await.unwrap();
    let conn = rusqlite::Connection::open(sqlite.path()).unwrap();
    conn.pragma_update(None, "user_version", 4).unwrap();
    drop(conn);
    let before = fs::read(sqlite.path()).unwrap();
    assert_eq!(place_of(&sqlite).schema().await, Ok(Some(4)));
    assert!(fs::read(sqlite.path()).unwrap() == before);
}

#[tokio::test]
async fn a_file_of_a_newer_formhand_or_of_another_program_is_told() {
    let sqlite = Sqlite::new();
    let store = SqliteStore::open(sqlite.path()).unwrap();
    store.close().await.unwrap();
    let conn = rusqlite::Connection::open(sqlite.path()).unwrap();
    conn.pragma_update(None, "user_version", 99).unwrap();
    let too_new = place_of(&sqlite).schema().await;
    assert!(matches!(too_new, Err(StoreError::TooNew { found: 99, .. })));
    conn.pragma_update(None, "application_id", 7).unwrap();
    let another = place_of(&sqlite).schema().await;
    assert!(matches!(another, Err(StoreError::Corrupt(_))));
}

#[tokio::test]
async fn a_database_has_no_schema_before_it_is_opened_and_asking_makes_none() {
    let mongo = Mongo::new().await;
    let place = StorePlace::Mongo(mongo.url().to_owned());
    assert_eq!(place.schema().await, Ok(None));
    let database = database(&mongo).await;
    let names = database.list_collection_names().await;
    assert!(names.unwrap().is_empty());
    let store = place.open(at(0)).await.unwrap();
    assert_eq!(store.schema(), place.known_schema());
    assert_eq!(place.schema().await, Ok(Some(place.known_schema())));
}

#[tokio::test]
async fn a_newer_schema_that_this_program_can_work_on_is_left_alone() {
    let mongo = Mongo::new().await;
    drop(mongo.open().await);
    say(&mongo, 7, 2).await;
    let before = said(&mongo).await;
    let store = mongo.open().await;
    submitted(&*store, record("one")).await;
    assert_eq!(said(&mongo).await, before);
    let place = StorePlace::Mongo(mongo.url().to_owned());
    assert_eq!(place.schema().await, Ok(Some(7)));
}

#[tokio::test]
async fn a_store_is_not_moved_into_a_newer_schema() {
    let (mongo, sqlite) = (Mongo::new().await, Sqlite::new());
    drop(mongo.open().await);
    drop(sqlite.open().await);
    say(&mongo, 7, 1).await;
    let refused = copy(&sqlite.path(), mongo.url(), at(0), &|_| ()).await;
    let too_new = StoreError::TooNew { found: 7, known: 5 };
    assert!(matches!(refused, Err(CopyError::Target(error)) if error == too_new));
}

#[tokio::test]
async fn a_newer_schema_that_this_program_cannot_work_on_is_refused() {
    let mongo = Mongo::new().await;
    drop(mongo.open().await);
    say(&mongo, 7, 6).await;
    let before = said(&mongo).await;
    insta::assert_snapshot!(refusal(&mongo).await, @"the store has schema 7, and this Formhand knows up to 5: run the newer one");
    assert_eq!(said(&mongo).await, before);
}

#[tokio::test]
async fn a_step_is_not_made_while_a_server_works_that_could_not_live_with_it() {
    let mongo = Mongo::new().await;
    let nodes = database(&mongo).await.collection::<Document>("nodes");
    let old = doc! {
        "_id": "node-old", "version": "0.0.1", "schema": 0_i64, "workers": 1_i64, "at_work": 0_i64,
        "started_at": at(0).as_microsecond(), "seen_at": at(0).as_microsecond(), "drain": false,
    };
    nodes.insert_one(old).await.unwrap();
    let open = async |second| MongoStore::open(mongo.url(), at(second)).await;
    let refused = open(60).await.err().unwrap();
    insta::assert_snapshot!(refused, @"the store failed: server node-old runs Formhand 0.0.1, which cannot work on schema 1: stop it before this one starts");
    assert_eq!(said(&mongo).await, None);
    // It has said nothing for so long that it has ended, or cannot reach the database.
    open(121).await.unwrap();
}

/// As the first schema left it.
async fn set_back(mongo: &Mongo) {
    let database = database(mongo).await;
    for name in ["counts", "outcomes", "removals"] {
        database.collection::<Document>(name).drop().await.unwrap();
    }
    for (name, field) in [("jobs", "words"), ("audit", "moved")] {
        let all = database.collection::<Document>(name);
        all.drop_index(if name == "jobs" { "words" } else { "by_job" })
            .await
            .unwrap();
        let unset = doc! { "$unset": { field: "" } };
        all.update_many(doc! {}, unset).await.unwrap();
    }
    say(mongo, 1, 1).await;
}

#[tokio::test]
async fn jobs_of_the_first_schema_are_counted_and_found_by_their_words() {
    let mongo = Mongo::new().await;
    let store = mongo.open().await;
    given::completed(&*store, "filed").await;
    submitted(&*store, record("waiting")).await;
    store.close().await.unwrap();
    let (stats, ended) = counted(&*mongo.open().await).await;
    assert_eq!((stats.total(), ended.len()), (2, 1));
    set_back(&mongo).await;
    let place = StorePlace::Mongo(mongo.url().to_owned());
    assert_eq!(place.schema().await, Ok(Some(1)));
    let store = mongo.open().await;
    assert_eq!(place.schema().await, Ok(Some(5)));
    assert_eq!(counted(&*store).await, (stats, ended));
    let filter = JobFilter {
        text: SearchText::new("asha wait").ok(),
        ..JobFilter::default()
    };
    let found = store.jobs(filter, None, 5).await.unwrap();
    assert_eq!((found.jobs.len(), found.total), (1, Total::Exactly(1)));
    submitted(&*store, record("later")).await;
    assert_eq!(store.stats().await.unwrap().total(), 3);
}

async fn counted(store: &dyn Store) -> (Stats, Vec<HourOutcomes>) {
    let ended = store.outcomes(at(-99_999), at(99_999)).await.unwrap();
    (store.stats().await.unwrap(), ended)
}

#[tokio::test]
async fn a_database_with_jobs_of_another_program_is_refused() {
    let mongo = Mongo::new().await;
    let jobs = database(&mongo).await.collection::<Document>("jobs");
    jobs.insert_one(doc! { "title": "gardener" }).await.unwrap();
    let refused = refusal(&mongo).await.to_string();
    let name = database(&mongo).await.name().to_owned();
    insta::assert_snapshot!(refused.replace(&name, "NAME"), @r#"the store holds something unreadable: the database "NAME" has a collection "jobs" of another program: name another database in the URL"#);
    assert_eq!(jobs.count_documents(doc! {}).await.unwrap(), 1);
}

/// A server that is no replica set.
struct Standalone(Child);

impl Standalone {
    fn start(folder: &std::path::Path, port: u16) -> Self {
        // It ends with this thread, whatever happens to the test.
        let mongod = Command::new("/usr/bin/setpriv")
            .args(["--pdeathsig", "KILL", "--"])
            .arg(formhand_mongod::find().unwrap())
            .arg("--dbpath")
            .arg(folder)
            .args(["--bind_ip", "127.0.0.1", "--port", &port.to_string()])
            .stdout(Stdio::null())
            .spawn();
        Self(mongod.unwrap())
    }

    /// It gives no signal of it.
    async fn until_it_listens(port: u16) {
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for Standalone {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn a_server_that_is_no_replica_set_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr();
    let port = port.unwrap().port();
    let _server = Standalone::start(folder.path(), port);
    Standalone::until_it_listens(port).await;
    let url = format!("mongodb://127.0.0.1:{port}/formhand");
    let refused = MongoStore::open(&url, at(0)).await.err().unwrap();
    insta::assert_snapshot!(refused, @"the store failed: this MongoDB is no replica set, so it tells of no changes and nothing is sure to be durable: start it with --replSet and initiate it; one member is enough");
    let place = StorePlace::Mongo(url);
    assert_eq!(place.schema().await.unwrap_err(), refused);
}
