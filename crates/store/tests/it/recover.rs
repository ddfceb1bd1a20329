//! What becomes of jobs whose server is gone.

use formhand_domain::{
    Job, JobEvent, JobState, Outcome, RecoveryRule, Refusal, RetryPolicy, Status, Writer,
};
use formhand_store::{ApplyError, ClaimRequest, Store};
use jiff::Timestamp;

use crate::{
    backend::{Backend, on_every_backend},
    given::{self, LEASE, at, node, record, request, submitted, worker},
};

on_every_backend! {
    a_lease_that_ended_is_found_oldest_first_and_no_more_than_asked_for,
    kf02_recovery_follows_how_far_the_job_came,
    kf08_a_living_lease_of_another_server_is_not_taken,
    kf08_a_server_that_stops_gives_back_its_own_jobs_only,
    kf08_a_dead_owners_claim_is_not_mistaken_for_the_next_one,
    kf10_the_attempt_limit_holds_over_any_number_of_crashes,
    a_recovery_is_done_once,
}

fn lease_ended(rule: RecoveryRule) -> JobEvent {
    JobEvent::LeaseEnded {
        retry: RetryPolicy::default(),
        random: 0.5,
        rule,
    }
}

async fn recover(store: &dyn Store, job: &Job, now: Timestamp) -> Result<Job, ApplyError> {
    let event = lease_ended(RecoveryRule::Expired);
    store.apply(job.id, Writer::Queue, event, now).await
}

async fn a_lease_that_ended_is_found_oldest_first_and_no_more_than_asked_for(
    backend: &dyn Backend,
) {
    let store = backend.open().await;
    let mut claimed = Vec::new();
    for second in [2, 0, 1] {
        submitted(&*store, record(&second.to_string())).await;
        let job = store.claim(request(second)).await.unwrap().unwrap();
        claimed.push(job.id);
    }
    let end = at(1) + LEASE;
    let found: Vec<_> = store.expired(end, 10).await.unwrap();
    let ids: Vec<_> = found.iter().map(|job| job.id).collect();
    assert_eq!(ids, [claimed[1], claimed[2]]);
    assert_eq!(store.expired(at(999), 1).await.unwrap().len(), 1);
}

async fn kf02_recovery_follows_how_far_the_job_came(backend: &dyn Backend) {
    let store = backend.open().await;
    let jobs = [
        given::claimed(&*store, "session").await,
        given::filling(&*store, "filling").await,
        given::armed(&*store, "armed").await,
        given::crossed(&*store, "crossed").await,
        given::filed(&*store, "filed").await,
    ];
    let mut table = Vec::new();
    for job in jobs {
        let after = recover(&*store, &job, at(100)).await.unwrap();
        table.push(format!(
            "{} -> {} {}, again {}",
            job.business_key.as_ref().unwrap(),
            after.status(),
            after.outcome(),
            after.due_at().is_some(),
        ));
    }
    // The same of every backend.
    insta::allow_duplicates! {
        insta::assert_snapshot!(table.join("\n"), @"
    chassis session -> failed_login_form not_submitted, again true
    chassis filling -> failed_login_form not_submitted, again true
    chassis armed -> needs_review unknown, again false
    chassis crossed -> needs_review unknown, again false
    chassis filed -> failed_post_submission submitted, again false
    ");
    }
    assert!(store.expired(at(9999), 10).await.unwrap().is_empty());
}

async fn kf08_a_living_lease_of_another_server_is_not_taken(backend: &dyn Backend) {
    let store = backend.open().await;
    let job = given::crossed(&*store, "one").await;
    let refused = recover(&*store, &job, at(59)).await;
    assert!(matches!(
        refused,
        Err(ApplyError::Refused(Refusal::LeaseAlive { .. }))
    ));
    assert!(store.job(job.id).await.unwrap().unwrap() == job);
}

async fn kf08_a_server_that_stops_gives_back_its_own_jobs_only(backend: &dyn Backend) {
    let [a, b] = [backend.open().await, backend.open().await];
    let mine = given::filling(&*a, "one").await;
    submitted(&*b, record("two")).await;
    let other = ClaimRequest {
        owner: node("node-b"),
        ..request(0)
    };
    let theirs = b.claim(other).await.unwrap().unwrap();
    // Node a knows its own tokens only. Whatever it says of b's job with one of them is stale or is b's own word.
    let release = JobEvent::Release { due_at: at(1) };
    let given_back = a
        .apply(mine.id, worker(&mine), release.clone(), at(1))
        .await
        .unwrap();
    assert_eq!(
        (given_back.status(), given_back.attempts),
        (Status::Pending, 0)
    );
    let queue = a.apply(theirs.id, Writer::Queue, release, at(1)).await;
    assert!(matches!(
        queue,
        Err(ApplyError::Refused(Refusal::NotForWriter { .. }))
    ));
    assert!(a.job(theirs.id).await.unwrap().unwrap() == theirs);
}

async fn kf08_a_dead_owners_claim_is_not_mistaken_for_the_next_one(backend: &dyn Backend) {
    let store = backend.open().await;
    let dead = given::claimed(&*store, "one").await;
    recover(&*store, &dead, at(60)).await.unwrap();
    let alive = store.claim(request(600)).await.unwrap().unwrap();
    let rule = |job: &Job| lease_ended(RecoveryRule::OwnerDead { token: job.fence });
    let refused = store
        .apply(dead.id, Writer::Queue, rule(&dead), at(601))
        .await;
    assert!(matches!(
        refused,
        Err(ApplyError::Refused(Refusal::StaleToken { .. }))
    ));
    assert!(store.job(dead.id).await.unwrap().unwrap() == alive);
    let taken = store
        .apply(dead.id, Writer::Queue, rule(&alive), at(601))
        .await
        .unwrap();
    assert_eq!(taken.status(), Status::FailedLoginForm);
}

async fn kf10_the_attempt_limit_holds_over_any_number_of_crashes(backend: &dyn Backend) {
    let store = backend.open().await;
    let id = submitted(&*store, record("one")).await;
    let mut claims = 0;
    // Each round is a server that takes the job and dies, and another that finds its lease ended.
    for round in 1..20 {
        let second = round * 10_000;
        let Some(job) = store.claim(request(second)).await.unwrap() else {
            break;
        };
        claims += 1;
        recover(&*store, &job, at(second) + LEASE).await.unwrap();
    }
    assert_eq!(claims, RetryPolicy::default().max_attempts);
    let job = store.job(id).await.unwrap().unwrap();
    assert!(matches!(job.state, JobState::Finished { .. }));
    assert_eq!(job.outcome(), Outcome::NotSubmitted);
    assert!(store.next_due_at().await.unwrap().is_none());
}

async fn a_recovery_is_done_once(backend: &dyn Backend) {
    let handles = [backend.open().await, backend.open().await];
    let job = given::crossed(&*handles[0], "one").await;
    let mut done = 0;
    for round in 0..6 {
        if recover(&*handles[round % 2], &job, at(100)).await.is_ok() {
            done += 1;
        }
    }
    assert_eq!(done, 1);
    assert_eq!(handles[0].history(job.id, 100).await.unwrap().len(), 6);
}
