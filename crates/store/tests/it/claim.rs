//! Taking due jobs.

use std::collections::BTreeSet;

use formhand_domain::{AccountKey, JobState, Status};
use formhand_store::{Capacity, ClaimRequest};
use jiff::SignedDuration;
use tokio::task::JoinSet;

use crate::{
    backend::{Backend, on_every_backend},
    given::{self, LEASE, account_named, at, but, node, record, request, submitted},
};

on_every_backend! {
    a_due_job_is_given_with_a_lease_and_a_spent_attempt,
    kf01_a_due_job_is_given_to_one_of_many_claimers_only,
    kf01_many_due_jobs_are_each_given_once,
    the_account_is_never_filled_beyond_its_room_by_two_servers_at_once,
    the_oldest_due_job_comes_first,
    a_job_is_not_given_before_its_time,
    a_job_is_given_at_its_very_time,
    an_account_that_is_not_asked_for_is_left_alone,
    a_full_account_does_not_keep_others_from_their_jobs,
    an_account_without_room_gets_nothing,
    nothing_to_do_is_an_answer,
    kf39_a_job_stored_by_any_writer_is_claimed,
    the_next_due_time_is_that_of_a_waiting_job_or_a_lease,
    the_jobs_in_progress_of_an_account_are_counted_over_all_servers,
}

fn of(account: AccountKey, max_parallel: u32) -> ClaimRequest {
    ClaimRequest {
        accounts: vec![Capacity {
            account,
            max_parallel,
            pace: None,
        }],
        ..request(0)
    }
}

async fn a_due_job_is_given_with_a_lease_and_a_spent_attempt(backend: &dyn Backend) {
    let store = backend.open().await;
    let id = submitted(&*store, record("one")).await;
    let job = store.claim(request(7)).await.unwrap().unwrap();
    assert_eq!(
        (job.id, job.status(), job.attempts),
        (id, Status::Processing, 1)
    );
    let lease = job.lease().unwrap();
    assert_eq!(lease.owner, node("node-a"));
    assert_eq!(lease.token, job.fence);
    assert_eq!(lease.expires_at, at(7) + LEASE);
    assert!(store.job(id).await.unwrap().unwrap() == job);
}

async fn kf01_a_due_job_is_given_to_one_of_many_claimers_only(backend: &dyn Backend) {
    let handles = [backend.open().await, backend.open().await];
    for round in 0..10 {
        submitted(&*handles[0], record(&round.to_string())).await;
        let mut claims = JoinSet::new();
        for claimer in 0..20 {
            let store = handles[claimer % 2].clone();
            claims.spawn(async move { store.claim(request(0)).await.unwrap() });
        }
        let given = claims.join_all().await.into_iter().flatten().count();
        assert_eq!(given, 1);
    }
}

async fn kf01_many_due_jobs_are_each_given_once(backend: &dyn Backend) {
    let handles = [backend.open().await, backend.open().await];
    for case in 0..60 {
        submitted(&*handles[case % 2], record(&case.to_string())).await;
    }
    let mut claimers = JoinSet::new();
    for claimer in 0..8 {
        let store = handles[claimer % 2].clone();
        claimers.spawn(async move {
            let mut given = Vec::new();
            while let Some(job) = store.claim(request(0)).await.unwrap() {
                given.push(job.id);
            }
            given
        });
    }
    let given: Vec<_> = claimers.join_all().await.into_iter().flatten().collect();
    assert_eq!(given.len(), 60);
    assert_eq!(given.iter().collect::<BTreeSet<_>>().len(), 60);
}

async fn the_account_is_never_filled_beyond_its_room_by_two_servers_at_once(backend: &dyn Backend) {
    let handles = [backend.open().await, backend.open().await];
    for case in 0..20 {
        submitted(&*handles[0], record(&case.to_string())).await;
    }
    let mut claims = JoinSet::new();
    for claimer in 0..20 {
        let store = handles[claimer % 2].clone();
        claims.spawn(async move { store.claim(of(given::account(), 3)).await.unwrap() });
    }
    let given = claims.join_all().await.into_iter().flatten().count();
    assert_eq!(given, 3);
}

async fn the_oldest_due_job_comes_first(backend: &dyn Backend) {
    let store = backend.open().await;
    let due = |case: &str, seconds| {
        but(record(case), |job| {
            job.state = JobState::Pending {
                due_at: at(seconds),
            };
        })
    };
    let third = submitted(&*store, due("three", 3)).await;
    let first = submitted(&*store, due("one", 1)).await;
    let second = submitted(&*store, due("two", 2)).await;
    let mut given = Vec::new();
    while let Some(job) = store.claim(request(9)).await.unwrap() {
        given.push(job.id);
    }
    assert_eq!(given, [first, second, third]);
}

async fn a_job_is_not_given_before_its_time(backend: &dyn Backend) {
    let store = backend.open().await;
    submitted(&*store, due_at(at(5) + SignedDuration::from_nanos(1))).await;
    assert!(store.claim(request(5)).await.unwrap().is_none());
    assert!(store.claim(request(6)).await.unwrap().is_some());
}

async fn a_job_is_given_at_its_very_time(backend: &dyn Backend) {
    let store = backend.open().await;
    let due = at(5) + SignedDuration::from_nanos(1_234_567);
    submitted(&*store, due_at(due)).await;
    let next = store.next_due_at().await.unwrap().unwrap();
    assert!(next >= due && next.duration_since(due) < SignedDuration::from_micros(1));
    let request = ClaimRequest {
        now: next,
        ..request(0)
    };
    assert!(store.claim(request).await.unwrap().is_some());
}

fn due_at(due_at: jiff::Timestamp) -> formhand_domain::NewJob {
    but(record("one"), |job| {
        job.state = JobState::Pending { due_at }
    })
}

async fn an_account_that_is_not_asked_for_is_left_alone(backend: &dyn Backend) {
    let store = backend.open().await;
    submitted(&*store, record("one")).await;
    let other = store.claim(of(account_named("other"), 5)).await.unwrap();
    assert!(other.is_none());
    let nobody = ClaimRequest {
        accounts: vec![],
        ..request(0)
    };
    assert!(store.claim(nobody).await.unwrap().is_none());
}

async fn a_full_account_does_not_keep_others_from_their_jobs(backend: &dyn Backend) {
    let store = backend.open().await;
    given::claimed(&*store, "one").await;
    submitted(&*store, record("two")).await;
    let other = account_named("other");
    let new = but(record("three"), |job| {
        job.account = other.account.clone();
        job.state = JobState::Pending { due_at: at(3) };
    });
    let free = submitted(&*store, new).await;
    let both = ClaimRequest {
        accounts: [given::account(), other]
            .map(|account| Capacity {
                account,
                max_parallel: 1,
                pace: None,
            })
            .into(),
        ..request(9)
    };
    let job = store.claim(both.clone()).await.unwrap().unwrap();
    assert_eq!(job.id, free);
    assert!(store.claim(both).await.unwrap().is_none());
}

async fn an_account_without_room_gets_nothing(backend: &dyn Backend) {
    let store = backend.open().await;
    submitted(&*store, record("one")).await;
    assert!(
        store
            .claim(of(given::account(), 0))
            .await
            .unwrap()
            .is_none()
    );
}

async fn nothing_to_do_is_an_answer(backend: &dyn Backend) {
    let store = backend.open().await;
    assert!(store.claim(request(0)).await.unwrap().is_none());
    assert!(store.next_due_at().await.unwrap().is_none());
}

/// A job comes to wait in four ways: handed in, given back, failed, let go. All of them must look the same to a claim.
async fn kf39_a_job_stored_by_any_writer_is_claimed(backend: &dyn Backend) {
    use formhand_domain::JobEvent;
    let store = backend.open().await;
    let mut job = given::claimed(&*store, "one").await;
    let later = 3600;
    for way in 0..3 {
        match way {
            0 => {
                let due_at = at(1);
                given::say(&*store, &job, JobEvent::Release { due_at }).await;
            }
            1 => {
                given::say(&*store, &job, given::fail(given::passing())).await;
            }
            _ => {
                given::say(&*store, &job, given::fail(given::passing())).await;
                for event in [JobEvent::Hold, JobEvent::Unhold] {
                    store
                        .apply(job.id, given::person(), event, at(2))
                        .await
                        .unwrap();
                }
            }
        }
        job = store.claim(request(later)).await.unwrap().unwrap();
        // The next thing is said by the clock of `say`, long before this lease ends.
    }
    assert_eq!(job.fence.0, 4);
}

async fn the_next_due_time_is_that_of_a_waiting_job_or_a_lease(backend: &dyn Backend) {
    let store = backend.open().await;
    given::claimed(&*store, "one").await;
    assert_eq!(store.next_due_at().await.unwrap(), Some(at(0) + LEASE));
    submitted(
        &*store,
        but(record("two"), |job| {
            job.state = JobState::Pending { due_at: at(10) };
        }),
    )
    .await;
    assert_eq!(store.next_due_at().await.unwrap(), Some(at(10)));
}

async fn the_jobs_in_progress_of_an_account_are_counted_over_all_servers(backend: &dyn Backend) {
    let handles = [backend.open().await, backend.open().await];
    let other = account_named("other");
    let at_work = async |account: &AccountKey| {
        let mut counts = Vec::new();
        for store in &handles {
            counts.push(store.at_work(account).await.unwrap());
        }
        assert_eq!(counts[0], counts[1]);
        counts[0]
    };
    assert_eq!(at_work(&given::account()).await, 0);
    let mut jobs = Vec::new();
    for (number, store) in handles.iter().cycle().take(5).enumerate() {
        submitted(&**store, record(&number.to_string())).await;
        let request = ClaimRequest {
            owner: node(&format!("node-{}", number % 2)),
            ..request(0)
        };
        jobs.push(store.claim(request).await.unwrap().unwrap());
    }
    let new = but(record("other"), |job| job.account = other.account.clone());
    submitted(&*handles[0], new).await;
    // What waits is not at work.
    submitted(&*handles[0], record("waits")).await;
    assert_eq!(at_work(&given::account()).await, 5);
    assert_eq!(at_work(&other).await, 0);
    for (job, left) in jobs.iter().zip([4, 3, 2, 1, 0]) {
        let event = formhand_domain::JobEvent::Release { due_at: at(1) };
        given::say(&*handles[0], job, event).await;
        assert_eq!(at_work(&given::account()).await, left);
    }
}
