//! Taking in records.

use formhand_domain::{CallerId, End, JobEvent, JobState, PortalName, Status};
use formhand_store::Submitted;
use tokio::task::JoinSet;

use crate::{
    backend::{Backend, on_a_sealed_database, on_every_backend},
    given::{self, at, but, invalid, record, submitted, with_key},
};

on_every_backend! {
    a_record_is_stored_as_it_was_handed_in,
    the_same_call_made_again_gets_the_first_answer,
    the_same_call_made_at_once_many_times_makes_one_job,
    the_answer_duplicate_is_replayed_too,
    kf09_a_duplicate_is_stored_as_finished_and_names_the_other,
    kf09_the_same_key_handed_in_at_once_through_two_handles_makes_one_live_job,
    kf09_a_key_of_a_filed_job_is_never_free_again,
    kf09_a_key_of_a_job_that_failed_after_its_filing_is_never_free_again,
    kf09_a_key_of_a_job_in_review_is_kept,
    a_key_of_a_job_that_provably_was_not_filed_is_free,
    a_key_counts_for_its_portal_only,
    kf37_a_caller_id_in_use_makes_a_duplicate,
    kf37_a_caller_id_answers_with_the_job_that_is_alive_or_filed_else_with_the_newest,
    an_invalid_record_is_stored_and_keeps_no_key_from_others,
    an_invalid_record_is_replayed,
    a_job_in_any_other_state_is_not_taken_in,
}

on_a_sealed_database! {
    a_record_is_stored_as_it_was_handed_in,
    the_same_call_made_again_gets_the_first_answer,
    the_same_call_made_at_once_many_times_makes_one_job,
    kf09_a_duplicate_is_stored_as_finished_and_names_the_other,
    kf09_a_key_of_a_filed_job_is_never_free_again,
    a_key_of_a_job_that_provably_was_not_filed_is_free,
    kf37_a_caller_id_answers_with_the_job_that_is_alive_or_filed_else_with_the_newest,
}

async fn a_record_is_stored_as_it_was_handed_in(backend: &dyn Backend) {
    let store = backend.open().await;
    let new = record("one");
    let answer = store.submit(new.clone()).await.unwrap();
    assert_eq!(answer, Submitted::Stored(new.job.id));
    let stored = store.job(new.job.id).await.unwrap().unwrap();
    assert!(stored == new.job);
    let keys = stored.record.as_object().unwrap().keys();
    assert!(
        keys.eq(["chassisNumber", "idv", "note"]),
        "their order is kept"
    );
}

async fn the_same_call_made_again_gets_the_first_answer(backend: &dyn Backend) {
    let store = backend.open().await;
    let first = submitted(&*store, with_key(record("one"), "call-1")).await;
    let answer = store
        .submit(with_key(record("one"), "call-1"))
        .await
        .unwrap();
    assert_eq!(answer, Submitted::Replayed(first));
    assert_eq!(store.stats().await.unwrap().total(), 1);
}

async fn the_same_call_made_at_once_many_times_makes_one_job(backend: &dyn Backend) {
    let handles = [backend.open().await, backend.open().await];
    let mut calls = JoinSet::new();
    for call in 0..40 {
        let store = handles[call % 2].clone();
        calls.spawn(async move {
            store
                .submit(with_key(record("one"), "call-1"))
                .await
                .unwrap()
        });
    }
    let answers = calls.join_all().await;
    let stored = answers
        .iter()
        .filter(|answer| matches!(answer, Submitted::Stored(_)));
    assert_eq!(stored.count(), 1);
    assert!(
        answers
            .iter()
            .all(|answer| answer.job_id() == answers[0].job_id())
    );
    assert_eq!(handles[0].stats().await.unwrap().total(), 1);
}

async fn the_answer_duplicate_is_replayed_too(backend: &dyn Backend) {
    let store = backend.open().await;
    submitted(&*store, record("one")).await;
    let refused = submitted(&*store, with_key(record("one"), "call-2")).await;
    let again = store
        .submit(with_key(record("one"), "call-2"))
        .await
        .unwrap();
    assert_eq!(again, Submitted::Replayed(refused));
}

async fn kf09_a_duplicate_is_stored_as_finished_and_names_the_other(backend: &dyn Backend) {
    let store = backend.open().await;
    let of = submitted(&*store, record("one")).await;
    let new = record("one");
    let answer = store.submit(new.clone()).await.unwrap();
    let stored = new.job.id;
    assert_eq!(answer, Submitted::Duplicate { stored, of });
    let job = store.job(stored).await.unwrap().unwrap();
    assert_eq!(job.status(), Status::FailedDuplicate);
    assert!(
        matches!(job.state, JobState::Finished { end: End::Duplicate { of: other, .. }, .. } if other == of)
    );
    let due = store.claim(given::request(0)).await.unwrap().unwrap();
    assert_eq!(due.id, of);
    assert!(store.claim(given::request(0)).await.unwrap().is_none());
}

async fn kf09_the_same_key_handed_in_at_once_through_two_handles_makes_one_live_job(
    backend: &dyn Backend,
) {
    let handles = [backend.open().await, backend.open().await];
    let mut calls = JoinSet::new();
    for call in 0..40 {
        let store = handles[call % 2].clone();
        calls.spawn(async move { store.submit(record("one")).await.unwrap() });
    }
    let answers = calls.join_all().await;
    let stored: Vec<_> = answers
        .iter()
        .filter(|answer| matches!(answer, Submitted::Stored(_)))
        .collect();
    assert_eq!(stored.len(), 1);
    for answer in &answers {
        if let Submitted::Duplicate { of, .. } = answer {
            assert_eq!(*of, stored[0].job_id());
        }
    }
    let stats = handles[1].stats().await.unwrap();
    assert_eq!(stats.by_status[&Status::Pending], 1);
    assert_eq!(stats.by_status[&Status::FailedDuplicate], 39);
}

async fn kf09_a_key_of_a_filed_job_is_never_free_again(backend: &dyn Backend) {
    let store = backend.open().await;
    let of = given::completed(&*store, "one").await.id;
    let years_later = at(10 * 365 * 24 * 3600);
    let new = but(record("one"), |job| {
        job.created_at = years_later;
        job.state = JobState::Pending {
            due_at: years_later,
        };
    });
    let answer = store.submit(new).await.unwrap();
    assert!(matches!(answer, Submitted::Duplicate { of: other, .. } if other == of));
}

async fn kf09_a_key_of_a_job_that_failed_after_its_filing_is_never_free_again(
    backend: &dyn Backend,
) {
    let store = backend.open().await;
    let job = given::filed(&*store, "one").await;
    let job = given::say(&*store, &job, given::fail(given::passing())).await;
    assert_eq!(job.status(), Status::FailedPostSubmission);
    let answer = store.submit(record("one")).await.unwrap();
    assert!(matches!(answer, Submitted::Duplicate { of, .. } if of == job.id));
}

async fn kf09_a_key_of_a_job_in_review_is_kept(backend: &dyn Backend) {
    let store = backend.open().await;
    let job = given::crossed(&*store, "one").await;
    let job = given::say(&*store, &job, given::fail(given::passing())).await;
    assert_eq!(job.status(), Status::NeedsReview);
    let answer = store.submit(record("one")).await.unwrap();
    assert!(matches!(answer, Submitted::Duplicate { of, .. } if of == job.id));
}

async fn a_key_of_a_job_that_provably_was_not_filed_is_free(backend: &dyn Backend) {
    let store = backend.open().await;
    let job = given::crossed(&*store, "one").await;
    let failure = given::passing();
    let job = given::say(&*store, &job, JobEvent::Reject { failure }).await;
    assert_eq!(job.status(), Status::FailedPostSubmission);
    let answer = store.submit(record("one")).await.unwrap();
    assert!(matches!(answer, Submitted::Stored(_)));
}

async fn a_key_counts_for_its_portal_only(backend: &dyn Backend) {
    let store = backend.open().await;
    submitted(&*store, record("one")).await;
    let new = but(record("one"), |job| {
        job.portal = PortalName::new("another").unwrap();
    });
    let answer = store.submit(new).await.unwrap();
    assert!(matches!(answer, Submitted::Stored(_)));
}

async fn kf37_a_caller_id_in_use_makes_a_duplicate(backend: &dyn Backend) {
    let store = backend.open().await;
    let named = |case: &str| {
        but(record(case), |job| {
            job.caller_id = CallerId::new("captcha-7").unwrap();
        })
    };
    let of = submitted(&*store, named("one")).await;
    let answer = store.submit(named("two")).await.unwrap();
    assert!(matches!(answer, Submitted::Duplicate { of: other, .. } if other == of));
}

async fn kf37_a_caller_id_answers_with_the_job_that_is_alive_or_filed_else_with_the_newest(
    backend: &dyn Backend,
) {
    let store = backend.open().await;
    let caller = CallerId::new("captcha-7").unwrap();
    let named = |new| but(new, |job| job.caller_id = caller.clone());
    assert!(store.job_of_caller(&caller).await.unwrap().is_none());
    submitted(&*store, named(invalid("one"))).await;
    let newest = submitted(&*store, named(invalid("one"))).await;
    let found = store.job_of_caller(&caller).await.unwrap().unwrap();
    assert_eq!(found.id, newest);
    let alive = submitted(&*store, named(record("one"))).await;
    submitted(&*store, named(record("one"))).await;
    let found = store.job_of_caller(&caller).await.unwrap().unwrap();
    assert_eq!(found.id, alive);
}

async fn an_invalid_record_is_stored_and_keeps_no_key_from_others(backend: &dyn Backend) {
    let store = backend.open().await;
    let new = invalid("one");
    let caller = new.job.caller_id.clone();
    let id = submitted(&*store, new).await;
    let job = store.job(id).await.unwrap().unwrap();
    assert_eq!(job.status(), Status::FailedValidation);
    let mended = but(record("one"), |job| job.caller_id = caller);
    let answer = store.submit(mended).await.unwrap();
    assert!(matches!(answer, Submitted::Stored(_)));
}

async fn an_invalid_record_is_replayed(backend: &dyn Backend) {
    let store = backend.open().await;
    let first = submitted(&*store, with_key(invalid("one"), "call-3")).await;
    let answer = store
        .submit(with_key(invalid("one"), "call-3"))
        .await
        .unwrap();
    assert_eq!(answer, Submitted::Replayed(first));
}

async fn a_job_in_any_other_state_is_not_taken_in(backend: &dyn Backend) {
    let store = backend.open().await;
    let held = but(record("one"), |job| {
        job.state = JobState::OnHold {
            by: "Meera".into(),
            since: at(0),
        };
    });
    assert!(store.submit(held).await.is_err());
    assert_eq!(store.stats().await.unwrap().total(), 0);
}
