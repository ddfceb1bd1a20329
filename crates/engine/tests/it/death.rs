//! A server that dies at any line files nothing twice and loses nothing.

use formhand_domain::{FailureCode, JobId, Outcome, Stage, Status};
use formhand_practice::{Fault, FaultName, Phase, Step};
use formhand_testkit::{Customer, World, WorldOptions, flow_of, hopeless_step};

use crate::support::{at_save, code, filed, held, hits, save_requests, stands};

const FILED: (Status, Outcome) = (Status::Completed, Outcome::Submitted);
const UNKNOWN: (Status, Outcome) = (Status::NeedsReview, Outcome::Unknown);

/// Lets the server die and starts another one on what is left.
async fn die(world: &mut World) {
    world.kill().await;
    world.practice.release();
    world.start().await;
}

async fn submit(world: &World, number: u32) -> JobId {
    world.submit(Customer::number(number).record()).await.job.id
}

#[tokio::test(flavor = "multi_thread")]
async fn kf02_a_death_before_arming_costs_an_attempt_and_the_next_one_files() {
    let mut world = World::faulty([
        Fault::new(FaultName::Hold).step(Step::Login).once(),
        hits(FaultName::Hold, 1).step(Step::Calculate).once(),
    ])
    .await;
    let id = submit(&world, 1).await;
    held(&world, 0, Step::Login).await;
    die(&mut world).await;
    held(&world, 0, Step::Calculate).await;
    die(&mut world).await;
    let job = world.end_of(id).await;
    let story = world.story(id).await;
    assert_eq!((stands(&job), job.attempts), (FILED, 3), "{story}");
    assert_eq!(story.matches("worker_lost").count(), 2, "{story}");
    assert_eq!(save_requests(&world.practice), 1);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf10_deaths_use_attempts_up() {
    let mut world = World::faulty([hits(FaultName::Hold, 1).step(Step::Coverage)]).await;
    let id = submit(&world, 1).await;
    let mut mark = 0;
    for _ in 0..3 {
        mark = held(&world, mark, Step::Coverage).await.seq;
        die(&mut world).await;
    }
    let job = world.end_of(id).await;
    assert_eq!(
        (job.status(), job.attempts),
        (Status::FailedLoginForm, 3),
        "{}",
        world.story(id).await
    );
    assert_eq!(code(&job), Some(FailureCode::WorkerLost));
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf02_kf05_a_death_while_armed_or_after_the_crossing_is_unknown_and_stays_so() {
    let mut world = World::faulty([
        hits(FaultName::SaveClickDead, 1),
        at_save(FaultName::Hold, 2),
        at_save(FaultName::Hold, 3).phase(Phase::After),
    ])
    .await;
    let ids = [
        submit(&world, 1).await,
        submit(&world, 2).await,
        submit(&world, 3).await,
    ];
    let first = held(&world, 0, Step::Save).await;
    held(&world, first.seq, Step::Save).await;
    world
        .when(ids[0], "to be armed", |job| {
            job.stage() == Some(Stage::Submitting)
        })
        .await;
    die(&mut world).await;
    for id in ids {
        let job = world.end_of(id).await;
        let story = world.story(id).await;
        assert_eq!((stands(&job), job.attempts), (UNKNOWN, 1), "{story}");
    }
    // A live queue leaves them alone.
    let other = submit(&world, 4).await;
    assert_eq!(stands(&world.end_of(other).await), FILED);
    for id in ids {
        assert_eq!(stands(&world.job(id).await), UNKNOWN);
    }
    assert_eq!(save_requests(&world.practice), 3);
    assert_eq!(filed(&world.practice, 1), 0);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf06_a_death_after_the_receipt_keeps_it() {
    let options = WorldOptions::default().adapt(|portal| {
        let mut patient = hopeless_step(false);
        patient.timeout = Some(std::time::Duration::from_mins(1));
        flow_of(portal).steps.push(patient);
    });
    let mut world = World::with(options).await;
    let id = submit(&world, 1).await;
    let stage = |stage| move |job: &formhand_domain::Job| job.stage() == Some(stage);
    world
        .when(id, "to be filed", stage(Stage::PostSubmission))
        .await;
    die(&mut world).await;
    let job = world.end_of(id).await;
    assert_eq!(
        stands(&job),
        (Status::FailedPostSubmission, Outcome::Submitted)
    );
    assert!(
        job.receipt()
            .is_some_and(|receipt| receipt.0.contains_key("proposalNumber"))
    );
    assert_eq!(filed(&world.practice, 1), 1);
    world.end().await;
}
