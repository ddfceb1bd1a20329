//! Sealing a store as a whole, and sealing it anew with another key.

use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use formhand_seal::Keyring;
use formhand_store::{
    MongoStore, Resealed, SealError, SealWish, SqliteStore, Store, StoreError, StorePlace,
};

use super::support::{PLANTED, assert_same, found, plant, raw_documents, raw_files};
use crate::{
    backend::{Mongo, Sqlite, ring, ring_after},
    given::at,
};

async fn reseal(place: &StorePlace, keys: &Keyring, wish: SealWish) -> Result<Resealed, SealError> {
    place.reseal(keys, wish, at(2_000), |_| ()).await
}

/// A file that is not sealed, and a copy of it.
async fn filled() -> (Sqlite, SqliteStore) {
    let place = Sqlite::new();
    let store = SqliteStore::open(place.path()).unwrap();
    plant(&store).await;
    store.close().await.unwrap();
    let twin = place.path().with_file_name("twin.db");
    fs::copy(place.path(), &twin).unwrap();
    let before = tempfile::tempdir().unwrap().keep().join("before.db");
    fs::rename(&twin, &before).unwrap();
    (place, SqliteStore::open(before).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_file_is_sealed_and_sealed_anew_and_says_the_same_as_before() {
    let (file, before) = filled().await;
    let place = StorePlace::Sqlite(file.path());
    let folder = file.path().parent().unwrap().to_owned();
    assert_eq!(found(&PLANTED, &raw_files(&folder)), PLANTED);
    let sealed = reseal(&place, &ring(1), SealWish::Seal).await.unwrap();
    assert!(sealed.values > 100, "{sealed:?}");
    assert_eq!(found(&PLANTED, &raw_files(&folder)), [""; 0]);
    let store = place.open_sealed(Some(&ring(1)), at(9)).await.unwrap();
    assert_same(&before, &*store).await;
    store.close().await.unwrap();
    // Nothing is left to do, and another key is not taken for it.
    let again = reseal(&place, &ring(1), SealWish::Seal).await.unwrap();
    assert_eq!(again.values, 0);
    let foreign = reseal(&place, &ring(2), SealWish::Rekey).await;
    let refused = matches!(foreign, Err(SealError::Store(StoreError::OtherKey { .. })));
    assert!(refused, "{foreign:?}");

    let rekeyed = reseal(&place, &ring_after(2, 1), SealWish::Rekey).await;
    assert_eq!(rekeyed.unwrap().values, sealed.values);
    assert!(place.open_sealed(Some(&ring(1)), at(9)).await.is_err());
    let store = place.open_sealed(Some(&ring(2)), at(9)).await.unwrap();
    assert_same(&before, &*store).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sealing_a_file_that_breaks_off_leaves_it_as_it_was() {
    let (file, before) = filled().await;
    let place = StorePlace::Sqlite(file.path());
    let breaks = |done| assert!(done < 60, "broken off in the middle");
    let (first, next) = (ring(1), ring_after(2, 1));
    let broken = place.reseal(&first, SealWish::Seal, at(2_000), breaks);
    assert!(broken.await.is_err());
    assert_same(&before, &*place.open(at(9)).await.unwrap()).await;
    reseal(&place, &ring(1), SealWish::Seal).await.unwrap();
    let broken = place.reseal(&next, SealWish::Rekey, at(2_000), breaks);
    assert!(broken.await.is_err());
    let store = place.open_sealed(Some(&ring(1)), at(9)).await.unwrap();
    assert_same(&before, &*store).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_database_is_sealed_and_sealed_anew_however_often_that_breaks_off() {
    let (file, before) = filled().await;
    let mongo = Mongo::new().await;
    formhand_store::copy(&file.path(), mongo.url(), at(20), &|_| ())
        .await
        .unwrap();
    let place = StorePlace::Mongo(mongo.url().to_owned());
    let half = broken_off(&place, &ring(1), SealWish::Seal).await;
    assert!(half, "there was enough to do");
    let shut = place.open_sealed(Some(&ring(1)), at(2_000)).await;
    assert_eq!(shut.err(), Some(StoreError::HalfSealed));
    assert!(place.open(at(2_000)).await.is_err());
    reseal(&place, &ring(1), SealWish::Seal).await.unwrap();
    assert_eq!(found(&PLANTED, &raw_documents(&mongo).await), [""; 0]);
    same(&place, &ring(1), &before).await;

    assert!(broken_off(&place, &ring_after(2, 1), SealWish::Rekey).await);
    reseal(&place, &ring_after(2, 1), SealWish::Rekey)
        .await
        .unwrap();
    same(&place, &ring(2), &before).await;
    let again = reseal(&place, &ring(2), SealWish::Seal).await.unwrap();
    assert_eq!(again.values, 0);
}

async fn same(place: &StorePlace, keys: &Keyring, before: &SqliteStore) {
    let store = place.open_sealed(Some(keys), at(2_000)).await.unwrap();
    assert_same(before, &*store).await;
    store.close().await.unwrap();
}

/// Begins and is dropped as soon as something was done. Whether it was.
async fn broken_off(place: &StorePlace, keys: &Keyring, wish: SealWish) -> bool {
    let begun = Arc::new(AtomicBool::new(false));
    let told = begun.clone();
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let stop = std::sync::Mutex::new(Some(stop));
    let tell = move |_| {
        told.store(true, Ordering::SeqCst);
        if let Some(stop) = stop.lock().unwrap().take() {
            let _ = stop.send(());
        }
    };
    tokio::select! {
        biased;
        _ = stopped => {}
        done = place.reseal(keys, wish, at(2_000), tell) => { done.unwrap(); }
    }
    begun.load(Ordering::SeqCst)
}

#[tokio::test]
async fn a_database_on_which_a_server_works_is_not_sealed() {
    let mongo = Mongo::new().await;
    let store = MongoStore::open(mongo.url(), at(0)).await.unwrap();
    store
        .announce_node(crate::node::entry("node-a", 1_990))
        .await
        .unwrap();
    let place = StorePlace::Mongo(mongo.url().to_owned());
    let refused = reseal(&place, &ring(1), SealWish::Seal).await;
    assert!(matches!(refused, Err(SealError::InUse(_))), "{refused:?}");
}

#[tokio::test]
async fn a_key_is_not_changed_where_none_is() {
    let file = Sqlite::new();
    let place = StorePlace::Sqlite(file.path());
    let none = reseal(&place, &ring(1), SealWish::Rekey).await;
    assert!(matches!(none, Err(SealError::NoStore)), "{none:?}");
    place.open(at(0)).await.unwrap().close().await.unwrap();
    let plain = reseal(&place, &ring(1), SealWish::Rekey).await;
    let refused = matches!(plain, Err(SealError::Store(StoreError::NotSealed)));
    assert!(refused, "{plain:?}");
}
