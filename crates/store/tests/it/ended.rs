//! Jobs that ended: found by the time of their end, forgotten, removed.

use formhand_domain::{Job, JobEvent, Outcome, Status, Writer};
use formhand_store::{EndedJob, EndedJobs, Store, Submitted};
use jiff::Timestamp;
use serde_json::Value;

use crate::{
    backend::{Backend, on_every_backend},
    given::{self, at, fail, invalid, passing, person, record, say, submitted},
};

on_every_backend! {
    what_ended_is_found_in_the_order_of_its_end_and_page_by_page,
    what_is_alive_or_unknown_is_never_old,
    what_is_forgotten_still_answers_and_keeps_its_key,
    what_was_not_filed_is_removed_with_its_history,
    what_is_alive_was_filed_or_may_have_been_is_not_removed,
    a_number_of_the_audit_never_comes_back,
}

async fn ended(store: &dyn Store, which: EndedJobs, before: Timestamp) -> Vec<EndedJob> {
    store.ended(which, before, None, 100).await.unwrap()
}

async fn cancelled(store: &dyn Store, case: &str, second: i64) -> Job {
    let id = submitted(store, record(case)).await;
    let cancel = JobEvent::Cancel {
        reason: String::new(),
    };
    store.apply(id, person(), cancel, at(second)).await.unwrap()
}

async fn forgotten(store: &dyn Store, job: &Job) -> Job {
    let forgotten = store.apply(job.id, Writer::Queue, JobEvent::Forget, at(50));
    forgotten.await.unwrap()
}

async fn what_ended_is_found_in_the_order_of_its_end_and_page_by_page(backend: &dyn Backend) {
    let store = backend.open().await;
    let mut expected = Vec::new();
    for (case, second) in [("a", 9), ("b", 3), ("c", 5), ("d", 5), ("e", 20)] {
        expected.push((second, cancelled(&*store, case, second).await.id));
    }
    expected.sort_unstable();
    expected.pop();
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let page = store.ended(EndedJobs::Unfiled, at(20), after, 2);
        let page = page.await.unwrap();
        let Some(last) = page.last() else { break };
        assert!(page.len() <= 2);
        after = Some(*last);
        found.extend(page);
    }
    let found: Vec<_> = found.into_iter().map(|job| (job.at, job.id)).collect();
    let expected = expected.into_iter().map(|(second, id)| (at(second), id));
    assert_eq!(found, expected.collect::<Vec<_>>());
    assert!(ended(&*store, EndedJobs::Filed, at(99)).await.is_empty());
}

async fn what_is_alive_or_unknown_is_never_old(backend: &dyn Backend) {
    let store = backend.open().await;
    let unknown = given::crossed(&*store, "unknown").await;
    say(&*store, &unknown, fail(passing())).await;
    let waits = given::filling(&*store, "waits for its next attempt").await;
    say(&*store, &waits, fail(passing())).await;
    given::filed(&*store, "filed and at its last steps").await;
    for which in [EndedJobs::Filed, EndedJobs::Unfiled] {
        assert!(ended(&*store, which, Timestamp::MAX).await.is_empty());
    }
}

async fn what_is_forgotten_still_answers_and_keeps_its_key(backend: &dyn Backend) {
    let store = backend.open().await;
    let job = given::completed(&*store, "one").await;
    let found = ended(&*store, EndedJobs::Filed, at(2)).await;
    assert!(found.iter().map(|ended| ended.id).eq([job.id]));
    forgotten(&*store, &job).await;

    let kept = store.job(job.id).await.unwrap().unwrap();
    assert_eq!((&kept.record, kept.label.as_str()), (&Value::Null, ""));
    assert_eq!(
        (kept.status(), kept.outcome()),
        (Status::Completed, Outcome::Submitted)
    );
    let of_caller = store.job_of_caller(&job.caller_id).await.unwrap();
    assert_eq!(of_caller.unwrap().receipt(), job.receipt());
    let again = store.submit(record("one")).await.unwrap();
    assert!(matches!(again, Submitted::Duplicate { of, .. } if of == job.id));
    let history = store.history(job.id, 100).await.unwrap();
    assert_eq!(history.last().unwrap().event, "forget");
    assert!(
        ended(&*store, EndedJobs::Filed, Timestamp::MAX)
            .await
            .is_empty()
    );
}

async fn what_was_not_filed_is_removed_with_its_history(backend: &dyn Backend) {
    let store = backend.open().await;
    let job = cancelled(&*store, "one", 3).await;
    let other = submitted(&*store, invalid("two")).await;
    assert!(
        !store.remove(job.id, at(3), at(9)).await.unwrap(),
        "it is not older than that"
    );
    assert!(store.remove(job.id, at(4), at(9)).await.unwrap());
    assert!(
        !store.remove(job.id, at(4), at(9)).await.unwrap(),
        "it is gone"
    );

    assert!(store.job(job.id).await.unwrap().is_none());
    assert!(store.history(job.id, 100).await.unwrap().is_empty());
    assert!(store.job_of_caller(&job.caller_id).await.unwrap().is_none());
    let stats = store.stats().await.unwrap();
    assert_eq!((stats.by_status[&Status::Cancelled], stats.total()), (0, 1));
    let left = store.audit_after(0, 100).await.unwrap();
    assert!(left.iter().map(|entry| entry.job).eq([other]));
}

async fn what_is_alive_was_filed_or_may_have_been_is_not_removed(backend: &dyn Backend) {
    let store = backend.open().await;
    let filed = given::completed(&*store, "filed").await;
    forgotten(&*store, &filed).await;
    let unknown = given::crossed(&*store, "unknown").await;
    say(&*store, &unknown, fail(passing())).await;
    let again = cancelled(&*store, "tried again", 3).await;
    let retry = store.apply(again.id, person(), JobEvent::Retry, at(4));
    retry.await.unwrap();
    for job in [filed, unknown, again] {
        let before = store.history(job.id, 100).await.unwrap();
        assert!(!store.remove(job.id, Timestamp::MAX, at(9)).await.unwrap());
        assert!(store.job(job.id).await.unwrap().is_some());
        assert_eq!(store.history(job.id, 100).await.unwrap(), before);
    }
}

async fn a_number_of_the_audit_never_comes_back(backend: &dyn Backend) {
    let store = backend.open().await;
    let job = cancelled(&*store, "one", 3).await;
    let newest = store.history(job.id, 1).await.unwrap()[0].seq;
    assert!(store.remove(job.id, at(4), at(9)).await.unwrap());
    submitted(&*store, record("two")).await;
    let next = store.audit_after(0, 100).await.unwrap();
    // Between them the chain says that the job was removed.
    assert!(next.iter().map(|entry| entry.seq).eq([newest + 2]));
}
