//! Moving jobs by events.

use formhand_domain::{
    FencingToken, JobEvent, JobId, Outcome, Progress, Refusal, Stage, Status, Writer,
};
use formhand_store::{ApplyError, Store};
use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;

use crate::{
    backend::{Backend, on_every_backend},
    given::{self, LEASE, at, request, submitted, worker},
    told::Listener,
};

on_every_backend! {
    a_job_goes_its_way_to_the_receipt_and_the_end,
    an_unknown_job_is_an_answer,
    a_refused_event_changes_nothing,
    a_stale_token_writes_nothing,
    the_submit_is_armed_and_crossed_once_by_many_at_once,
    a_renewal_makes_the_lease_longer_and_is_no_news,
    a_lease_that_ended_is_not_renewed,
    a_submit_is_refused_when_too_little_of_the_lease_is_left,
}

async fn a_job_goes_its_way_to_the_receipt_and_the_end(backend: &dyn Backend) {
    let store = backend.open().await;
    let job = given::completed(&*store, "one").await;
    assert_eq!(job.status(), Status::Completed);
    assert_eq!(job.outcome(), Outcome::Submitted);
    assert_eq!(job.receipt(), Some(&given::receipt()));
    assert_eq!(job.finished_at(), Some(at(1)));
    assert!(backend.open().await.job(job.id).await.unwrap().unwrap() == job);
}

async fn an_unknown_job_is_an_answer(backend: &dyn Backend) {
    let store = backend.open().await;
    let id = JobId::new(Timestamp::UNIX_EPOCH, 1);
    assert!(store.job(id).await.unwrap().is_none());
    assert!(store.history(id, 10).await.unwrap().is_empty());
    let error = store
        .apply(id, given::person(), JobEvent::Hold, at(0))
        .await;
    assert!(matches!(error, Err(ApplyError::NotFound(other)) if other == id));
}

async fn a_refused_event_changes_nothing(backend: &dyn Backend) {
    let store = backend.open().await;
    let job = given::filling(&*store, "one").await;
    let refused = store
        .apply(job.id, given::person(), JobEvent::Retry, at(1))
        .await;
    assert!(matches!(
        refused,
        Err(ApplyError::Refused(Refusal::Illegal(_)))
    ));
    unchanged(&*store, &job, 3).await;
}

async fn a_stale_token_writes_nothing(backend: &dyn Backend) {
    let store = backend.open().await;
    let job = given::filling(&*store, "one").await;
    let margin = SignedDuration::ZERO;
    for token in [0, job.fence.0 + 1, u64::MAX] {
        let stale = Writer::Worker {
            token: FencingToken(token),
        };
        for event in [
            JobEvent::Arm {
                margin,
                session: None,
            },
            given::fail(given::passing()),
        ] {
            let refused = store.apply(job.id, stale.clone(), event, at(1)).await;
            assert!(matches!(
                refused,
                Err(ApplyError::Refused(Refusal::StaleToken { .. }))
            ));
        }
    }
    unchanged(&*store, &job, 3).await;
    // The job is given to another: what the first still says comes too late.
    let due_at = at(2);
    given::say(&*store, &job, JobEvent::Release { due_at }).await;
    let taken = store.claim(request(3)).await.unwrap().unwrap();
    let late = store
        .apply(job.id, worker(&job), JobEvent::EnterForm, at(3))
        .await;
    assert!(matches!(
        late,
        Err(ApplyError::Refused(Refusal::StaleToken { .. }))
    ));
    unchanged(&*store, &taken, 5).await;
}

async fn unchanged(store: &dyn Store, job: &formhand_domain::Job, entries: usize) {
    assert!(store.job(job.id).await.unwrap().unwrap() == *job);
    assert_eq!(store.history(job.id, 100).await.unwrap().len(), entries);
}

async fn the_submit_is_armed_and_crossed_once_by_many_at_once(backend: &dyn Backend) {
    let handles = [backend.open().await, backend.open().await];
    let job = given::armed(&*handles[0], "one").await;
    let mut gates = JoinSet::new();
    for gate in 0..20_usize {
        let (store, job) = (handles[gate % 2].clone(), job.clone());
        let event = JobEvent::Cross {
            fingerprint: gate.to_string(),
            margin: SignedDuration::ZERO,
        };
        gates.spawn(async move { store.apply(job.id, worker(&job), event, at(2)).await });
    }
    let passed: Vec<_> = gates.join_all().await.into_iter().flatten().collect();
    assert_eq!(passed.len(), 1);
    let stored = handles[1].job(job.id).await.unwrap().unwrap();
    assert!(stored == passed[0]);
    assert_eq!(stored.stage(), Some(Stage::Submitting));
}

async fn a_renewal_makes_the_lease_longer_and_is_no_news(backend: &dyn Backend) {
    let store = backend.open().await;
    let mut listener = Listener::of(&*store);
    let job = given::filling(&*store, "one").await;
    assert_eq!(listener.events().await, ["submit", "claim", "enter_form"]);
    let expires_at = at(600);
    let renewed = given::say(&*store, &job, JobEvent::Renew { expires_at }).await;
    assert_eq!(renewed.lease().unwrap().expires_at, expires_at);
    assert_eq!(renewed.stage(), Some(Progress::LoginForm.stage()));
    assert!(store.expired(at(599), 10).await.unwrap().is_empty());
    assert_eq!(store.history(job.id, 10).await.unwrap().len(), 3);
    assert!(listener.heard().await.is_empty());
}

async fn a_lease_that_ended_is_not_renewed(backend: &dyn Backend) {
    let store = backend.open().await;
    let job = given::claimed(&*store, "one").await;
    let end = at(0) + LEASE;
    let event = JobEvent::Renew {
        expires_at: at(999),
    };
    let refused = store.apply(job.id, worker(&job), event, end).await;
    assert!(matches!(
        refused,
        Err(ApplyError::Refused(Refusal::LeaseTooShort { .. }))
    ));
}

async fn a_submit_is_refused_when_too_little_of_the_lease_is_left(backend: &dyn Backend) {
    let store = backend.open().await;
    let new = given::record("one");
    submitted(&*store, new).await;
    let job = store.claim(request(0)).await.unwrap().unwrap();
    let job = given::say(&*store, &job, JobEvent::EnterForm).await;
    let event = JobEvent::Arm {
        margin: LEASE,
        session: None,
    };
    let refused = store.apply(job.id, worker(&job), event, at(1)).await;
    assert!(matches!(
        refused,
        Err(ApplyError::Refused(Refusal::LeaseTooShort { .. }))
    ));
    unchanged(&*store, &job, 3).await;
}
