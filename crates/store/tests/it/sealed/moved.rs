//! Sealed values that somebody has moved, changed or put in.

use formhand_store::{MongoStore, SqliteStore, Store, StoreError};
use mongodb::bson::{Document, doc};

use crate::{
    backend::{Mongo, Sqlite, ring},
    given::{at, record, request, submitted},
};

#[tokio::test]
async fn kf42_a_record_opens_in_no_other_row_and_is_not_taken_in_clear() {
    let place = Sqlite::new();
    let store = SqliteStore::open_sealed(place.path(), Some(&ring(1))).unwrap();
    let first = submitted(&store, record("one")).await;
    let second = submitted(&store, record("two")).await;
    let conn = rusqlite::Connection::open(place.path()).unwrap();
    let swap = "UPDATE jobs SET job = (SELECT job FROM jobs WHERE id = ?2) WHERE id = ?1";
    let ids = [first.to_string(), second.to_string()];
    assert_eq!(conn.execute(swap, ids).unwrap(), 1);
    let error = store.job(first).await.unwrap_err().to_string();
    let error = error.replace(&first.to_string(), "ID");
    insta::assert_snapshot!(error, @"the store holds something unreadable: jobs/ID/job: it was changed, or is not of this place");
    assert!(store.job(second).await.is_ok());
    let plain = serde_json::to_string(&record("forged").job).unwrap();
    let put = "UPDATE jobs SET job = ?2 WHERE id = ?1";
    conn.execute(put, [first.to_string(), plain]).unwrap();
    let error = store.job(first).await.unwrap_err();
    assert!(matches!(error, StoreError::Corrupt(_)), "{error}");
}

#[tokio::test]
async fn kf42_a_record_opens_in_no_other_document() {
    let mongo = Mongo::new().await;
    let store = MongoStore::open_sealed(mongo.url(), Some(&ring(1)), at(0)).await;
    let store = store.unwrap();
    let first = submitted(&store, record("one")).await;
    let second = submitted(&store, record("two")).await;
    let client = mongodb::Client::with_uri_str(mongo.url()).await.unwrap();
    let jobs = client
        .default_database()
        .unwrap()
        .collection::<Document>("jobs");
    let other = jobs.find_one(doc! { "_id": second.to_string() }).await;
    let other = other.unwrap().unwrap();
    let set = doc! { "$set": { "job": other.get_str("job").unwrap() } };
    jobs.update_one(doc! { "_id": first.to_string() }, set)
        .await
        .unwrap();
    assert!(matches!(
        store.job(first).await,
        Err(StoreError::Corrupt(_))
    ));
    assert!(store.job(second).await.is_ok());
}

#[tokio::test]
async fn a_job_that_cannot_be_opened_keeps_no_other_from_the_queue() {
    let place = Sqlite::new();
    let store = SqliteStore::open_sealed(place.path(), Some(&ring(1))).unwrap();
    let first = submitted(&store, record("one")).await;
    let second = submitted(&store, record("two")).await;
    broken(&place, &first.to_string());
    let claimed = store.claim(request(1)).await.unwrap();
    assert_eq!(claimed.map(|job| job.id), Some(second));
    // It is looked at again later, for somebody may have put it right.
    assert_eq!(store.claim(request(2)).await.unwrap(), None);
}

#[tokio::test]
async fn a_job_that_cannot_be_opened_keeps_no_other_of_a_database_from_the_queue() {
    let mongo = Mongo::new().await;
    let store = MongoStore::open_sealed(mongo.url(), Some(&ring(1)), at(0)).await;
    let store = store.unwrap();
    let first = submitted(&store, record("one")).await;
    let second = submitted(&store, record("two")).await;
    let client = mongodb::Client::with_uri_str(mongo.url()).await.unwrap();
    let jobs = client
        .default_database()
        .unwrap()
        .collection::<Document>("jobs");
    let spoil = doc! { "$set": { "job": "{}" } };
    jobs.update_one(doc! { "_id": first.to_string() }, spoil)
        .await
        .unwrap();
    let claimed = store.claim(request(1)).await.unwrap();
    assert_eq!(claimed.map(|job| job.id), Some(second));
    assert_eq!(store.claim(request(2)).await.unwrap(), None);
}

fn broken(place: &Sqlite, id: &str) {
    let conn = rusqlite::Connection::open(place.path()).unwrap();
    let spoil = "UPDATE jobs SET job = replace(job, 'sealed:A', 'sealed:B') WHERE id = ?1";
    assert_eq!(conn.execute(spoil, [id]).unwrap(), 1);
}
