//! A person's second start of a job.

use formhand_domain::{JobEvent, Status};
use formhand_store::{ApplyError, Submitted};
use tokio::task::JoinSet;

use crate::{
    backend::{Backend, on_every_backend},
    given::{at, but, person, record, submitted},
};

on_every_backend! {
    a_cancelled_job_is_started_again_and_holds_its_key_again,
    a_job_whose_key_was_taken_meanwhile_is_not_started_again,
    a_job_whose_caller_id_was_taken_meanwhile_is_not_started_again,
    of_a_retry_and_a_new_record_of_the_same_key_one_wins,
}

fn cancel() -> JobEvent {
    JobEvent::Cancel {
        reason: "twice in the list".into(),
    }
}

async fn a_cancelled_job_is_started_again_and_holds_its_key_again(backend: &dyn Backend) {
    let store = backend.open().await;
    let id = submitted(&*store, record("one")).await;
    store.apply(id, person(), cancel(), at(1)).await.unwrap();
    let job = store
        .apply(id, person(), JobEvent::Retry, at(2))
        .await
        .unwrap();
    assert_eq!(job.status(), Status::Pending);
    let answer = store.submit(record("one")).await.unwrap();
    assert!(matches!(answer, Submitted::Duplicate { of, .. } if of == id));
}

async fn a_job_whose_key_was_taken_meanwhile_is_not_started_again(backend: &dyn Backend) {
    let store = backend.open().await;
    let id = submitted(&*store, record("one")).await;
    let cancelled = store.apply(id, person(), cancel(), at(1)).await.unwrap();
    let other = submitted(&*store, record("one")).await;
    let refused = store.apply(id, person(), JobEvent::Retry, at(2)).await;
    assert!(matches!(refused, Err(ApplyError::KeyTaken { holder }) if holder == other));
    assert!(store.job(id).await.unwrap().unwrap() == cancelled);
    assert_eq!(store.history(id, 10).await.unwrap().len(), 2);
}

async fn a_job_whose_caller_id_was_taken_meanwhile_is_not_started_again(backend: &dyn Backend) {
    let store = backend.open().await;
    let new = record("one");
    let caller = new.job.caller_id.clone();
    let id = submitted(&*store, new).await;
    store.apply(id, person(), cancel(), at(1)).await.unwrap();
    let other = submitted(&*store, but(record("two"), |job| job.caller_id = caller)).await;
    let refused = store.apply(id, person(), JobEvent::Retry, at(2)).await;
    assert!(matches!(refused, Err(ApplyError::KeyTaken { holder }) if holder == other));
}

async fn of_a_retry_and_a_new_record_of_the_same_key_one_wins(backend: &dyn Backend) {
    let [a, b] = [backend.open().await, backend.open().await];
    for case in 0..10 {
        let case = case.to_string();
        let id = submitted(&*a, record(&case)).await;
        a.apply(id, person(), cancel(), at(1)).await.unwrap();
        let mut race = JoinSet::new();
        let (retry, new) = (a.clone(), b.clone());
        race.spawn(async move {
            retry
                .apply(id, person(), JobEvent::Retry, at(2))
                .await
                .is_ok()
        });
        race.spawn(async move {
            matches!(
                new.submit(record(&case)).await.unwrap(),
                Submitted::Stored(_)
            )
        });
        let won = race.join_all().await.into_iter().filter(|won| *won).count();
        assert_eq!(won, 1);
    }
}
