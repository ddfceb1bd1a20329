//! Which job is worked on when, and who may go on with it.

use std::{sync::Arc, time::Duration};

use formhand_domain::{FailureCode, Outcome, Stage, Status};
use formhand_practice::{Event, Fault, FaultName, Step};
use formhand_store::JobFilter;
use formhand_testkit::{Customer, World, WorldOptions, flow_of};
use jiff::SignedDuration;

use crate::support::{at_save, code, filed, held, hits, save_requests, stands, words};

const UNSENT: (Status, Outcome) = (Status::FailedLoginForm, Outcome::NotSubmitted);
const FILED: (Status, Outcome) = (Status::Completed, Outcome::Submitted);

async fn count(world: &World, status: Status) -> u64 {
    let filter = JobFilter {
        statuses: vec![status],
        ..JobFilter::default()
    };
    world
        .store
        .jobs(filter, None, 1)
        .await
        .expect("the store reads")
        .total
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn three_jobs_are_worked_on_at_once_and_the_next_when_one_ends() {
    let world = World::faulty([Fault::new(FaultName::Hold).step(Step::Customer).times(3)]).await;
    let mut ids = Vec::new();
    for number in 1..=4 {
        ids.push(world.submit(Customer::number(number).record()).await.job.id);
    }
    let mut mark = 0;
    for _ in 0..3 {
        mark = held(&world, mark, Step::Customer).await.seq;
    }
    assert_eq!(count(&world, Status::Processing).await, 3);
    assert_eq!(count(&world, Status::Pending).await, 1);
    world.practice.release();
    for id in ids {
        assert_eq!(stands(&world.end_of(id).await), FILED);
    }
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_attempt_waits_its_time_and_the_third_is_the_last() {
    let world = World::faulty([Fault::new(FaultName::ServerError)
        .step(Step::Product)
        .status(503)])
    .await;
    let job = world.file(Customer::number(1).record()).await;
    let story = world.story(job.id).await;
    assert_eq!((stands(&job), job.attempts), (UNSENT, 3), "{story}");
    assert!(
        job.failure().is_some_and(|failure| !failure.retryable),
        "{story}"
    );
    let history = world.history(job.id).await;
    let of = |event: &str| {
        history
            .iter()
            .filter(|entry| entry.event == event)
            .map(|entry| entry.at)
            .collect::<Vec<_>>()
    };
    let (claims, fails) = (of("claim"), of("fail"));
    assert_eq!((claims.len(), fails.len()), (3, 3), "{story}");
    // 50 ms, then 100 ms, each less a tenth of jitter at most.
    for (attempt, wait) in [(0, 45), (1, 90)] {
        assert!(
            claims[attempt + 1] >= fails[attempt] + SignedDuration::from_millis(wait),
            "{story}"
        );
    }
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf09_kf22_duplicates_and_bad_records_never_reach_a_browser() {
    let world = World::faulty([Fault::new(FaultName::Hold).step(Step::Dashboard).once()]).await;
    let bad = world
        .submit(
            Customer::number(2)
                .without("mobile")
                .with("state", "Atlantis")
                .record(),
        )
        .await;
    assert_eq!(
        stands(&bad.job),
        (Status::FailedValidation, Outcome::NotSubmitted)
    );
    let pointers: Vec<&str> = bad
        .errors
        .iter()
        .map(|error| error.pointer.as_str())
        .collect();
    assert_eq!(pointers, ["/state", "/mobile"]);
    assert_eq!(code(&bad.job), Some(FailureCode::InvalidRecord));
    assert!(!words(&bad.job).contains("asha"), "{}", words(&bad.job));
    assert!(world.practice.ledger().is_empty(), "the portal was asked");

    let first = world.submit(Customer::number(1).record()).await.job.id;
    held(&world, 0, Step::Dashboard).await;
    let again = Customer::number(1).with("firstName", "Another").record();
    let second = world.submit(again.clone()).await.job;
    assert_eq!(
        stands(&second),
        (Status::FailedDuplicate, Outcome::NotSubmitted)
    );
    assert!(
        words(&second).contains(&first.to_string()),
        "{}",
        words(&second)
    );
    world.practice.release();
    assert_eq!(stands(&world.end_of(first).await), FILED);
    // Filed is for ever: the key has no date in it.
    assert_eq!(
        world.submit(again).await.job.status(),
        Status::FailedDuplicate
    );
    assert_eq!(save_requests(&world.practice), 1);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf03_a_job_that_timed_out_does_nothing_more_before_its_state_changes() {
    let mut options = WorldOptions::default()
        .adapt(|portal| flow_of(portal).timeout = Duration::from_secs(6))
        .faults([Fault::new(FaultName::Hold).step(Step::Product)]);
    options.timing.retry.max_attempts = 1;
    let world = World::with(options).await;
    let id = world.submit(Customer::number(1).record()).await.job.id;
    held(&world, 0, Step::Product).await;
    let job = world.end_of(id).await;
    let story = world.story(id).await;
    assert_eq!(
        (stands(&job), job.stage()),
        (UNSENT, Some(Stage::LoginForm)),
        "{story}"
    );
    assert_eq!(code(&job), Some(FailureCode::JobTimedOut), "{story}");
    let mark = world.practice.mark();
    world.practice.release();
    world.engine.drain().await;
    let later = world
        .practice
        .ledger()
        .into_iter()
        .filter(|entry| entry.seq > mark);
    let later: Vec<_> = later
        .filter(|entry| matches!(entry.event, Event::Request { .. }))
        .collect();
    assert!(later.is_empty(), "{later:?}");
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf08_a_drain_gives_back_what_is_not_armed_and_waits_for_what_is() {
    let mut world = World::faulty([
        hits(FaultName::Hold, 1).step(Step::Coverage).once(),
        at_save(FaultName::Hold, 2),
    ])
    .await;
    let early = world.submit(Customer::number(1).record()).await.job.id;
    let late = world.submit(Customer::number(2).record()).await.job.id;
    held(&world, 0, Step::Coverage).await;
    held(&world, 0, Step::Save).await;

    let (store, practice) = (Arc::clone(&world.store), &world.practice);
    let given_back = async {
        let mut changes = store.changes();
        loop {
            let job = store
                .job(early)
                .await
                .expect("the store reads")
                .expect("it is there");
            if job.status() == Status::Pending {
                assert_eq!(job.attempts, 0);
                break;
            }
            drop(changes.recv().await);
        }
        // The drain goes on while the other one is on its way.
        practice.release();
    };
    tokio::join!(world.engine.drain(), given_back);
    let job = world.job(late).await;
    assert_eq!(stands(&job), FILED, "{}", world.story(late).await);
    assert_eq!(stands(&world.job(early).await).0, Status::Pending);

    world.start().await;
    let job = world.end_of(early).await;
    assert_eq!(
        (stands(&job), job.attempts),
        (FILED, 1),
        "{}",
        world.story(early).await
    );
    assert_eq!([1, 2].map(|number| filed(&world.practice, number)), [1, 1]);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf35_a_browser_that_does_not_start_leaves_nothing_behind() {
    let options = WorldOptions {
        worker: Some("/bin/false".into()),
        ..WorldOptions::default()
    };
    let world = World::with(options).await;
    let job = world.file(Customer::number(1).record()).await;
    let story = world.story(job.id).await;
    assert_eq!((stands(&job), job.attempts), (UNSENT, 3), "{story}");
    assert_eq!(code(&job), Some(FailureCode::BrowserCrashed), "{story}");
    world.end().await;
}
