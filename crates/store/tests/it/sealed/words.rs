//! Finding jobs of a sealed store by their words.

use formhand_domain::JobId;
use formhand_store::{JobFilter, MongoStore, SearchText, Store};

use crate::{
    backend::{Backend, Mongo, SealedSqlite, ring},
    given::{at, but, record, submitted},
};

async fn found(store: &dyn Store, text: &str) -> Vec<JobId> {
    let filter = JobFilter {
        text: Some(SearchText::new(text).unwrap()),
        ..JobFilter::default()
    };
    let page = store.jobs(filter, None, 10).await.unwrap();
    page.jobs.iter().map(|job| job.id).collect()
}

async fn whole_words_are_found_and_beginnings_are_not(store: &dyn Store) {
    let of = |label: &str| but(record("w"), |job| label.clone_into(&mut job.label));
    let mut first = of("Meera Iyer");
    first.job.business_key = None;
    let first = submitted(store, first).await;
    let mut second = of("Meera Iyengar");
    second.job.business_key = None;
    let second = submitted(store, second).await;
    assert_eq!(found(store, "MEERA").await, [second, first]);
    assert_eq!(found(store, "meera iyer").await, [first]);
    assert_eq!(found(store, "iye").await, []);
    // The same once the index of words is read, which it is of many jobs only.
    for case in 0..2_600 {
        submitted(store, record(&format!("crowd {case}"))).await;
    }
    assert_eq!(found(store, "meera iyer").await, [first]);
    assert_eq!(found(store, "iyengar").await, [second]);
    assert_eq!(found(store, "iye").await, []);
    assert_eq!(found(store, "crowd 29").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_a_sealed_file_whole_words_are_found() {
    let file = SealedSqlite::new();
    let store = file.open().await;
    whole_words_are_found_and_beginnings_are_not(&*store).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_a_sealed_database_whole_words_are_found() {
    let mongo = Mongo::new().await;
    let store = MongoStore::open_sealed(mongo.url(), Some(&ring(1)), at(0)).await;
    whole_words_are_found_and_beginnings_are_not(&store.unwrap()).await;
}
