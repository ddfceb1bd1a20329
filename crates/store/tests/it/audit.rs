//! What happened, in order.

use formhand_domain::{FailureCode, JobEvent, Status, Writer};
use tokio::task::JoinSet;

use crate::{
    backend::{Backend, on_a_sealed_database, on_every_backend},
    given::{self, at, person, record, submitted, worker},
};

on_every_backend! {
    every_change_of_a_job_is_told_with_it,
    an_entry_says_what_went_wrong,
    entries_are_numbered_without_a_gap_over_refusals_and_two_writers,
    kf46_the_history_is_read_no_longer_than_asked_for,
    an_entry_belongs_to_the_attempt_that_it_ends,
    the_audit_is_read_backwards_page_by_page,
}

on_a_sealed_database! {
    every_change_of_a_job_is_told_with_it,
    an_entry_says_what_went_wrong,
    the_audit_is_read_backwards_page_by_page,
}

async fn the_audit_is_read_backwards_page_by_page(backend: &dyn Backend) {
    let store = backend.open().await;
    given::completed(&*store, "one").await;
    given::completed(&*store, "two").await;
    let mut expected = store.audit_after(0, 100).await.unwrap();
    expected.reverse();
    let mut read = Vec::new();
    let mut before = None;
    loop {
        let page = store.audit_before(before, 4).await.unwrap();
        let Some(last) = page.last() else { break };
        before = Some(last.seq);
        read.extend(page);
    }
    assert_eq!(read, expected);
    assert!(store.audit_before(Some(0), 4).await.unwrap().is_empty());
    let newest = store.audit_before(Some(u64::MAX), 1).await.unwrap();
    assert_eq!(newest, expected[..1]);
    assert!(store.audit_before(None, 0).await.unwrap().is_empty());
}

async fn every_change_of_a_job_is_told_with_it(backend: &dyn Backend) {
    let store = backend.open().await;
    let job = given::completed(&*store, "one").await;
    let mut told = Vec::new();
    for entry in store.history(job.id, 100).await.unwrap() {
        assert_eq!(entry.job, job.id);
        told.push(format!(
            "{} {}: {} -> {} {} ({:?})",
            entry.seq,
            entry.event,
            entry.from.map_or("nothing", Status::as_str),
            entry.to,
            entry.stage.map_or("", |stage| stage.as_str()),
            entry.writer,
        ));
    }
    // The same of every backend.
    insta::allow_duplicates! {
        insta::assert_snapshot!(told.join("\n"), @"
    1 submit: nothing -> pending  (Queue)
    2 claim: pending -> processing session (Queue)
    3 enter_form: processing -> processing login-form (Worker { token: FencingToken(1) })
    4 arm: processing -> processing submitting (Worker { token: FencingToken(1) })
    5 cross: processing -> processing submitting (Worker { token: FencingToken(1) })
    6 receive: processing -> processing post-submission (Worker { token: FencingToken(1) })
    7 complete: processing -> completed post-submission (Worker { token: FencingToken(1) })
    ");
    }
}

async fn an_entry_says_what_went_wrong(backend: &dyn Backend) {
    let store = backend.open().await;
    let job = given::filling(&*store, "one").await;
    given::say(&*store, &job, given::fail(given::passing())).await;
    let history = store.history(job.id, 1).await.unwrap();
    let entry = &history[0];
    assert_eq!(
        (entry.from, entry.to),
        (Some(Status::Processing), Status::FailedLoginForm)
    );
    assert_eq!(entry.at, at(1));
    assert_eq!(entry.failure.as_ref().unwrap().code, FailureCode::Network);
    assert_eq!(entry.writer, worker(&job));
}

async fn entries_are_numbered_without_a_gap_over_refusals_and_two_writers(backend: &dyn Backend) {
    let handles = [backend.open().await, backend.open().await];
    let mut work = JoinSet::new();
    for case in 0..40_usize {
        let store = handles[case % 2].clone();
        work.spawn(async move {
            let id = submitted(&*store, record(&(case / 2).to_string())).await;
            // Half of the records are duplicates, which are finished and cannot be held.
            let held = store.apply(id, person(), JobEvent::Hold, at(1)).await;
            let _ = store
                .apply(id, Writer::Queue, JobEvent::Hold, at(1))
                .await
                .unwrap_err();
            usize::from(held.is_ok())
        });
    }
    let held: usize = work.join_all().await.into_iter().sum();
    assert_eq!(held, 20);
    let entries = handles[0].audit_after(0, 1000).await.unwrap();
    let numbers: Vec<_> = entries.iter().map(|entry| entry.seq).collect();
    assert_eq!(numbers, (1..=60).collect::<Vec<_>>());
    let rest = handles[1].audit_after(55, 3).await.unwrap();
    assert!(rest.iter().map(|entry| entry.seq).eq([56, 57, 58]));
    assert!(
        handles[1]
            .audit_after(u64::MAX, 3)
            .await
            .unwrap()
            .is_empty()
    );
}

async fn kf46_the_history_is_read_no_longer_than_asked_for(backend: &dyn Backend) {
    let store = backend.open().await;
    let id = submitted(&*store, record("one")).await;
    for _ in 0..50 {
        for event in [JobEvent::Hold, JobEvent::Unhold] {
            store.apply(id, person(), event, at(1)).await.unwrap();
        }
    }
    let newest = store.history(id, 3).await.unwrap();
    let numbers: Vec<_> = newest.iter().map(|entry| entry.seq).collect();
    assert_eq!(numbers, [99, 100, 101]);
}

async fn an_entry_belongs_to_the_attempt_that_it_ends(backend: &dyn Backend) {
    let store = backend.open().await;
    let job = given::claimed(&*store, "one").await;
    given::say(&*store, &job, JobEvent::Release { due_at: at(1) }).await;
    let attempts: Vec<_> = store
        .history(job.id, 10)
        .await
        .unwrap()
        .iter()
        .map(|entry| entry.attempt)
        .collect();
    assert_eq!(attempts, [0, 1, 1]);
}
