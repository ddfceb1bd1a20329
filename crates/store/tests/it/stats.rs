//! Counting jobs.

use formhand_domain::{JobEvent, Status};
use formhand_store::Store;

use crate::{
    backend::{Backend, on_every_backend},
    given::{self, at, fail, invalid, passing, person, record, say, submitted},
};

on_every_backend! {
    kf38_every_status_is_counted_also_with_zero,
    kf38_a_job_is_counted_where_it_stands_now,
    kf38_success_is_reckoned_over_jobs_that_ended,
}

async fn kf38_every_status_is_counted_also_with_zero(backend: &dyn Backend) {
    let store = backend.open().await;
    let stats = store.stats().await.unwrap();
    assert!(stats.by_status.keys().eq(Status::ALL));
    assert_eq!((stats.total(), stats.success_rate()), (0, None));
}

/// One job of each status.
async fn one_of_each(store: &dyn Store) {
    given::completed(store, "completed").await;
    let job = given::filed(store, "completed with errors").await;
    let optional_failure = Some(passing());
    say(store, &job, JobEvent::Complete { optional_failure }).await;
    let job = given::filling(store, "waits for retry").await;
    say(store, &job, fail(passing())).await;
    let job = given::filed(store, "failed after filing").await;
    say(store, &job, fail(passing())).await;
    submitted(store, invalid("invalid")).await;
    submitted(store, record("completed")).await;
    let job = given::crossed(store, "in review").await;
    say(store, &job, fail(passing())).await;
    given::claimed(store, "in progress").await;
    let held = submitted(store, record("held")).await;
    store
        .apply(held, person(), JobEvent::Hold, at(1))
        .await
        .unwrap();
    let cancelled = submitted(store, record("cancelled")).await;
    let reason = String::new();
    store
        .apply(cancelled, person(), JobEvent::Cancel { reason }, at(1))
        .await
        .unwrap();
    submitted(store, record("pending")).await;
}

async fn kf38_a_job_is_counted_where_it_stands_now(backend: &dyn Backend) {
    let store = backend.open().await;
    one_of_each(&*store).await;
    let stats = store.stats().await.unwrap();
    for status in Status::ALL {
        assert_eq!(stats.by_status[status], 1, "{status}");
    }
    assert_eq!(stats.waiting_for_retry, 1);
}

async fn kf38_success_is_reckoned_over_jobs_that_ended(backend: &dyn Backend) {
    let store = backend.open().await;
    one_of_each(&*store).await;
    // Two were filed; one failed after its filing and one is in review. What waits, was refused at intake or was
    // cancelled does not count.
    assert_eq!(store.stats().await.unwrap().success_rate(), Some(0.5));
}
