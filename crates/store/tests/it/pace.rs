//! How fast the jobs of one account follow each other.

use formhand_domain::AccountKey;
use formhand_store::{Capacity, ClaimRequest, Store};
use jiff::SignedDuration;
use tokio::task::JoinSet;

use crate::{
    backend::{Backend, on_every_backend},
    given::{account, account_named, at, but, record, request, submitted},
};

on_every_backend! {
    a_job_follows_the_one_before_it_by_the_pace_and_not_sooner,
    the_pace_holds_over_two_servers_at_once,
    a_claim_without_a_pace_is_counted_too,
    the_pace_of_one_account_does_not_hold_another,
    a_job_that_was_given_back_counts_as_a_start,
    a_clock_that_was_put_back_does_not_stop_an_account,
}

const PACE: SignedDuration = SignedDuration::from_secs(2);

fn paced(second: i64, pace: Option<SignedDuration>, account: AccountKey) -> ClaimRequest {
    ClaimRequest {
        accounts: vec![Capacity {
            account,
            max_parallel: 1000,
            pace,
        }],
        ..request(second)
    }
}

async fn claims(store: &dyn Store, second: i64) -> bool {
    let request = paced(second, Some(PACE), account());
    store.claim(request).await.unwrap().is_some()
}

async fn submit_some(store: &dyn Store) {
    for case in ["one", "two", "three"] {
        submitted(store, record(case)).await;
    }
}

async fn a_job_follows_the_one_before_it_by_the_pace_and_not_sooner(backend: &dyn Backend) {
    let store = backend.open().await;
    submit_some(&*store).await;
    let next = async || store.next_start_at(&account(), PACE).await.unwrap();
    assert_eq!(next().await, None);
    assert!(claims(&*store, 10).await);
    assert_eq!(next().await, Some(at(12)));
    assert!(!claims(&*store, 11).await);
    assert!(claims(&*store, 12).await);
    // A claim that came to nothing is no start.
    assert_eq!(next().await, Some(at(14)));
    assert!(claims(&*store, 99).await);
}

async fn the_pace_holds_over_two_servers_at_once(backend: &dyn Backend) {
    let handles = [backend.open().await, backend.open().await];
    for case in 0..20 {
        submitted(&*handles[0], record(&case.to_string())).await;
    }
    for second in [0, 2, 4] {
        let mut servers = JoinSet::new();
        for server in 0..20 {
            let store = handles[server % 2].clone();
            servers.spawn(async move { claims(&*store, second).await });
        }
        let given = servers.join_all().await.into_iter().filter(|given| *given);
        assert_eq!(given.count(), 1);
    }
}

async fn a_claim_without_a_pace_is_counted_too(backend: &dyn Backend) {
    let store = backend.open().await;
    submit_some(&*store).await;
    let unpaced = paced(10, None, account());
    for _ in 0..2 {
        assert!(store.claim(unpaced.clone()).await.unwrap().is_some());
    }
    assert!(!claims(&*store, 11).await);
    assert!(claims(&*store, 12).await);
}

async fn the_pace_of_one_account_does_not_hold_another(backend: &dyn Backend) {
    let store = backend.open().await;
    submit_some(&*store).await;
    let other = account_named("other");
    let new = but(record("four"), |job| job.account = other.account.clone());
    let of_other = submitted(&*store, new).await;
    assert!(claims(&*store, 0).await);
    let both = ClaimRequest {
        accounts: [account(), other]
            .map(|account| Capacity {
                account,
                max_parallel: 1000,
                pace: Some(PACE),
            })
            .into(),
        ..request(1)
    };
    let job = store.claim(both.clone()).await.unwrap().unwrap();
    assert_eq!(job.id, of_other);
    assert!(store.claim(both).await.unwrap().is_none());
}

async fn a_job_that_was_given_back_counts_as_a_start(backend: &dyn Backend) {
    let store = backend.open().await;
    submitted(&*store, record("one")).await;
    let request = paced(0, Some(PACE), account());
    let job = store.claim(request).await.unwrap().unwrap();
    let event = formhand_domain::JobEvent::Release { due_at: at(0) };
    crate::given::say(&*store, &job, event).await;
    assert!(!claims(&*store, 1).await);
    assert!(claims(&*store, 2).await);
}

async fn a_clock_that_was_put_back_does_not_stop_an_account(backend: &dyn Backend) {
    let store = backend.open().await;
    submit_some(&*store).await;
    assert!(claims(&*store, 3600).await);
    assert!(claims(&*store, 0).await);
    assert!(!claims(&*store, 1).await);
    assert!(claims(&*store, 2).await);
}
