//! The form is filed once or not at all, whatever the page and the browser do.

use std::time::Duration;

use formhand_domain::{FailureCode, Outcome, Stage, Status};
use formhand_practice::{Fault, FaultName, Phase, Step};
use formhand_testkit::{Customer, World, WorldOptions, limit_steps};

use crate::support::{at_save, code, filed, held, hits, save_requests, stands, when_filed};

const UNSENT: (Status, Outcome) = (Status::FailedLoginForm, Outcome::NotSubmitted);
const FILED: (Status, Outcome) = (Status::Completed, Outcome::Submitted);
const UNKNOWN: (Status, Outcome) = (Status::NeedsReview, Outcome::Unknown);

#[tokio::test(flavor = "multi_thread")]
async fn kf18_a_button_that_fires_twice_files_once() {
    let world = World::faulty([hits(FaultName::SaveDoubleFires, 1)]).await;
    let job = world.file(Customer::number(1).record()).await;
    assert_eq!(stands(&job), FILED, "{}", world.story(job.id).await);
    assert_eq!(save_requests(&world.practice), 1);
    assert_eq!(filed(&world.practice, 1), 1);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_sends_the_form_by_itself_files_nothing() {
    let by_itself = |step| Fault::new(FaultName::SubmitsByItself).step(step).once();
    let world = World::faulty([]).await;
    let mut jobs = Vec::new();
    for (step, number) in [(Step::Form, 1), (Step::Coverage, 2), (Step::Calculate, 3)] {
        world
            .practice
            .set_faults(vec![by_itself(step)])
            .expect("a fault");
        jobs.push(world.file(Customer::number(number).record()).await);
    }
    for job in &jobs {
        let story = world.story(job.id).await;
        assert_eq!((stands(job), job.attempts), (UNSENT, 1), "{story}");
        assert_eq!(code(job), Some(FailureCode::UnexpectedSubmit), "{story}");
    }
    assert_eq!(save_requests(&world.practice), 0);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_native_alert_is_answered_and_ends_nothing() {
    let alert = |step| {
        Fault::new(FaultName::NativeAlert)
            .step(step)
            .text("Quote is valid for 30 days")
    };
    let world = World::faulty([alert(Step::Form), alert(Step::Coverage), alert(Step::Save)]).await;
    let job = world.file(Customer::number(1).record()).await;
    assert_eq!(
        (stands(&job), job.attempts),
        (FILED, 1),
        "{}",
        world.story(job.id).await
    );
    assert_eq!(save_requests(&world.practice), 1);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_hangs_is_given_up_and_a_fresh_one_files() {
    let options = WorldOptions::default()
        .adapt(|portal| limit_steps(portal, Duration::from_secs(6)))
        .faults([hits(FaultName::PageHangs, 1).step(Step::Coverage).once()]);
    let world = World::with(options).await;
    let job = world.file(Customer::number(1).record()).await;
    let story = world.story(job.id).await;
    assert_eq!((stands(&job), job.attempts), (FILED, 2), "{story}");
    assert_eq!(save_requests(&world.practice), 1);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_dies_before_arming_costs_an_attempt_and_no_more() {
    let world = World::faulty([hits(FaultName::Hold, 1).step(Step::Calculate).times(2)]).await;
    let id = world.submit(Customer::number(1).record()).await.job.id;

    let first = held(&world, 0, Step::Calculate).await;
    world.kill_worker();
    held(&world, first.seq, Step::Calculate).await;
    world.kill_renderers();

    let job = world.end_of(id).await;
    let story = world.story(id).await;
    assert_eq!((stands(&job), job.attempts), (FILED, 3), "{story}");
    assert_eq!(story.matches("browser_crashed").count(), 2, "{story}");
    assert_eq!(save_requests(&world.practice), 1);
    world.practice.release();
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_dies_while_armed_leaves_it_unknown() {
    let world = World::faulty([hits(FaultName::SaveClickDead, 1)]).await;
    let id = world.submit(Customer::number(1).record()).await.job.id;
    world
        .when(id, "to be armed", |job| {
            job.stage() == Some(Stage::Submitting)
        })
        .await;
    world.kill_worker();
    let job = world.end_of(id).await;
    let story = world.story(id).await;
    assert_eq!((stands(&job), job.attempts), (UNKNOWN, 1), "{story}");
    assert_eq!(code(&job), Some(FailureCode::OutcomeUnknown), "{story}");
    assert_eq!(save_requests(&world.practice), 0);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_crashes_while_armed_in_a_live_browser_is_proven_unsent_and_tried_again() {
    let world = World::faulty([hits(FaultName::SaveClickDead, 1)]).await;
    let id = world.submit(Customer::number(1).record()).await.job.id;
    world
        .when(id, "to be armed", |job| {
            job.stage() == Some(Stage::Submitting)
        })
        .await;
    world.kill_renderers();
    let job = world.end_of(id).await;
    let story = world.story(id).await;
    assert_eq!((stands(&job), job.attempts), (FILED, 2), "{story}");
    assert_eq!(save_requests(&world.practice), 1);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_dies_after_the_crossing_leaves_it_unknown_for_good() {
    let world = World::faulty([
        at_save(FaultName::Hold, 1),
        at_save(FaultName::Hold, 2).phase(Phase::After),
    ])
    .await;
    let first = world.submit(Customer::number(1).record()).await.job.id;
    let second = world.submit(Customer::number(2).record()).await.job.id;
    let seen = held(&world, 0, Step::Save).await;
    held(&world, seen.seq, Step::Save).await;
    world.kill_worker();
    for id in [first, second] {
        let job = world.end_of(id).await;
        let story = world.story(id).await;
        assert_eq!((stands(&job), job.attempts), (UNKNOWN, 1), "{story}");
    }
    world.practice.release();
    when_filed(&world, 1).await;
    when_filed(&world, 2).await;

    // A live queue does not touch them either.
    let other = world.file(Customer::number(3).record()).await;
    assert_eq!(stands(&other), FILED);
    assert_eq!(save_requests(&world.practice), 3);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_crashes_after_the_crossing_leaves_it_unknown() {
    let world = World::faulty([at_save(FaultName::Hold, 1).phase(Phase::After)]).await;
    let id = world.submit(Customer::number(1).record()).await.job.id;
    held(&world, 0, Step::Save).await;
    world.kill_renderers();
    let job = world.end_of(id).await;
    let story = world.story(id).await;
    assert_eq!((stands(&job), job.attempts), (UNKNOWN, 1), "{story}");
    world.practice.release();
    assert_eq!(save_requests(&world.practice), 1);
    world.end().await;
}
