//! Which key opens a store.

use formhand_seal::Keyring;
use formhand_store::{SqliteStore, StorePlace};

use crate::{
    backend::{Mongo, Sqlite, ring, ring_after},
    given::{at, record, submitted},
};

async fn refused(place: &StorePlace, keys: Option<&Keyring>) -> String {
    let opened = place.open_sealed(keys, at(1)).await;
    opened.err().unwrap().to_string()
}

async fn a_sealed_store_is_opened_with_its_key_alone(place: StorePlace) {
    let store = place.open_sealed(Some(&ring(1)), at(0)).await.unwrap();
    submitted(&*store, record("one")).await;
    store.close().await.unwrap();
    let without = refused(&place, None).await;
    let foreign = refused(&place, Some(&ring(2))).await;
    let old = refused(&place, Some(&ring_after(2, 1))).await;
    insta::allow_duplicates! {
        insta::assert_snapshot!(without, @"the store is sealed with the key 8022bd9858823275: name it by seal_key_env or seal_key_file under [store], on MongoDB with seal_records = true");
        insta::assert_snapshot!(foreign, @"the store is sealed with the key 8022bd9858823275, and the one that seal_key_env or seal_key_file under [store] names is 312e3c6323484b6d");
        insta::assert_snapshot!(old, @"the store is sealed with the old key 8022bd9858823275, and the present one is 312e3c6323484b6d: run `formhand store rekey`");
    }
    let again = place.open_sealed(Some(&ring_after(1, 2)), at(1)).await;
    assert_eq!(again.unwrap().stats().await.unwrap().total(), 1);
}

async fn a_store_that_holds_something_is_not_sealed_by_opening_it(place: StorePlace) {
    let store = place.open(at(0)).await.unwrap();
    submitted(&*store, record("one")).await;
    store.close().await.unwrap();
    let plain = refused(&place, Some(&ring(1))).await;
    insta::allow_duplicates! {
        insta::assert_snapshot!(plain, @"the store is not sealed, and [store] names a key to seal it with: run `formhand store seal`");
    }
    assert!(place.open(at(1)).await.is_ok());
}

#[tokio::test]
async fn a_sealed_file_is_opened_with_its_key_alone() {
    let file = Sqlite::new();
    a_sealed_store_is_opened_with_its_key_alone(StorePlace::Sqlite(file.path())).await;
}

#[tokio::test]
async fn a_sealed_database_is_opened_with_its_key_alone() {
    let url = Mongo::new().await.url().to_owned();
    a_sealed_store_is_opened_with_its_key_alone(StorePlace::Mongo(url)).await;
}

#[tokio::test]
async fn a_file_that_holds_something_is_not_sealed_by_opening_it() {
    let file = Sqlite::new();
    a_store_that_holds_something_is_not_sealed_by_opening_it(StorePlace::Sqlite(file.path())).await;
}

#[tokio::test]
async fn a_database_that_holds_something_is_not_sealed_by_opening_it() {
    let url = Mongo::new().await.url().to_owned();
    a_store_that_holds_something_is_not_sealed_by_opening_it(StorePlace::Mongo(url)).await;
}

#[tokio::test]
async fn a_file_of_an_older_schema_that_is_empty_is_sealed_by_opening_it() {
    let file = Sqlite::new();
    let store = SqliteStore::open(file.path()).unwrap();
    store.close().await.unwrap();
    let place = StorePlace::Sqlite(file.path());
    place.open_sealed(Some(&ring(1)), at(0)).await.unwrap();
    assert!(place.open(at(1)).await.is_err());
}
