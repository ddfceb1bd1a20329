//! Only who holds the lease of a job goes on with it.

use std::{sync::Arc, time::Duration};

use formhand_domain::{FailureCode, ManualClock, Outcome, Status};
use formhand_practice::{Fault, FaultName, Step};
use formhand_testkit::{Customer, World, WorldOptions};
use jiff::SignedDuration;

use crate::support::{code, held, hits, now, save_requests, stands};

const FILED: (Status, Outcome) = (Status::Completed, Outcome::Submitted);

/// A world whose time stands still until it is moved, and whose leases are not renewed.
async fn without_heartbeat(faults: impl IntoIterator<Item = Fault>) -> (World, ManualClock) {
    let clock = ManualClock::at(jiff::Timestamp::from_second(now().as_second()).expect("a time"));
    let mut options = WorldOptions {
        clock: Arc::new(clock.clone()),
        ..WorldOptions::default()
    };
    options.timing.renew_every = Duration::from_hours(1);
    (World::with(options.faults(faults)).await, clock)
}

/// Lets the queue look at the time again, as any change of a job does.
async fn nudge(world: &World) {
    world.submit(serde_json::json!({})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attempt_whose_lease_was_taken_over_files_nothing() {
    let (world, clock) =
        without_heartbeat([hits(FaultName::Hold, 1).step(Step::Calculate).once()]).await;
    let id = world.submit(Customer::number(1).record()).await.job.id;
    held(&world, 0, Step::Calculate).await;

    clock.advance(SignedDuration::from_secs(31));
    nudge(&world).await;
    world
        .when(id, "to be taken over", |job| job.lease().is_none())
        .await;
    clock.advance(SignedDuration::from_secs(1));
    nudge(&world).await;
    world
        .when(id, "to be worked on again", |job| job.attempts == 2)
        .await;
    world.practice.release();

    let job = world.end_of(id).await;
    let story = world.story(id).await;
    assert_eq!((stands(&job), job.attempts), (FILED, 2), "{story}");
    assert_eq!(story.matches(" arm\n").count(), 1, "{story}");
    assert_eq!(save_requests(&world.practice), 1);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn too_little_lease_is_no_leave_to_submit() {
    let (world, clock) =
        without_heartbeat([hits(FaultName::Hold, 1).step(Step::Calculate).once()]).await;
    let id = world.submit(Customer::number(1).record()).await.job.id;
    held(&world, 0, Step::Calculate).await;
    clock.advance(SignedDuration::from_secs(27));
    world.practice.release();
    let job = world.when(id, "to wait", |job| job.lease().is_none()).await;
    assert_eq!(
        code(&job),
        Some(FailureCode::LeaseTooShort),
        "{}",
        world.story(id).await
    );
    clock.advance(SignedDuration::from_secs(1));
    nudge(&world).await;
    assert_eq!(
        stands(&world.end_of(id).await),
        FILED,
        "{}",
        world.story(id).await
    );
    assert_eq!(save_requests(&world.practice), 1);
    world.end().await;
}
