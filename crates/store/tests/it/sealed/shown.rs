//! What is seen of a sealed store without its key.

use formhand_store::{MongoStore, SqliteStore};

use super::support::{PLANTED, SEEN, assert_same, found, plant, raw_documents, raw_files};
use crate::{
    backend::{Mongo, Sqlite, ring},
    given::at,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn kf42_nothing_of_a_record_is_seen_in_a_sealed_file_or_its_log() {
    let place = Sqlite::new();
    let folder = place.path().parent().unwrap().to_owned();
    let store = SqliteStore::open_sealed(place.path(), Some(&ring(1))).unwrap();
    plant(&store).await;
    // The log is there now, and after closing all is in the file.
    for _ in 0..2 {
        let bytes = raw_files(&folder);
        assert_eq!(found(&PLANTED, &bytes), [""; 0]);
        assert_eq!(found(&SEEN, &bytes), SEEN);
        store.close().await.unwrap();
    }
    // The same look finds everything in a file that is not sealed.
    let place = Sqlite::new();
    let store = SqliteStore::open(place.path()).unwrap();
    plant(&store).await;
    let bytes = raw_files(place.path().parent().unwrap());
    assert_eq!(found(&PLANTED, &bytes), PLANTED);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn kf42_nothing_of_a_record_is_seen_in_the_documents_of_a_sealed_database() {
    let (mongo, plain) = (Mongo::new().await, Mongo::new().await);
    let keys = ring(1);
    let sealed = MongoStore::open_sealed(mongo.url(), Some(&keys), at(0)).await;
    plant(&sealed.unwrap()).await;
    let bytes = raw_documents(&mongo).await;
    assert_eq!(found(&PLANTED, &bytes), [""; 0]);
    assert_eq!(found(&SEEN, &bytes), SEEN);
    let store = MongoStore::open(plain.url(), at(0)).await.unwrap();
    plant(&store).await;
    assert_eq!(found(&PLANTED, &raw_documents(&plain).await), PLANTED);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_sealed_file_is_copied_into_a_sealed_database() {
    let (place, mongo) = (Sqlite::new(), Mongo::new().await);
    let store = SqliteStore::open_sealed(place.path(), Some(&ring(1))).unwrap();
    plant(&store).await;
    store.close().await.unwrap();
    let twin = place.path().with_file_name("twin.db");
    std::fs::copy(place.path(), &twin).unwrap();
    let from = (&*place.path(), Some(&ring(1)));
    let to = (mongo.url(), Some(&ring(2)));
    formhand_store::copy_sealed(from, to, at(20), &|_| ())
        .await
        .unwrap();
    assert_eq!(found(&PLANTED, &raw_documents(&mongo).await), [""; 0]);
    let before = SqliteStore::open_sealed(&twin, Some(&ring(1))).unwrap();
    let after = MongoStore::open_sealed(mongo.url(), Some(&ring(2)), at(20)).await;
    assert_same(&before, &after.unwrap()).await;
}
