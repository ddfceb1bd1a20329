//! Jobs of unknown outcome are settled by a search of the portal, where the definition says how it is searched.

use std::time::Duration;

use formhand_domain::{Commit, Job, JobState, Outcome, Status, WhenNotFound};
use formhand_portal::ReceiptSource;
use formhand_practice::{Event, FaultName, Phase, Step};
use formhand_testkit::{Customer, World, WorldOptions, chassis, flow_of};

use crate::support::{at_save, held, logins, stands};

const FILED: (Status, Outcome) = (Status::Completed, Outcome::Submitted);

/// Long enough that nothing which was found is found by the second search.
const NEVER: Duration = Duration::from_hours(1);

/// A portal that answers a search with all that was filed at once.
const AT_ONCE: Duration = Duration::ZERO;

fn said(job: &Job) -> String {
    match &job.state {
        JobState::NeedsReview { search, .. } => search.said.clone().unwrap_or_default(),
        other => panic!("it is {other:?}"),
    }
}

/// Waits until a job of unknown outcome is left to a person.
async fn left_to_a_person(world: &World, job: &Job) -> Job {
    let over = |job: &Job| job.status() == Status::NeedsReview && job.search_at().is_none();
    world.when(job.id, "to be left to a person", over).await
}

/// Waits until a job's outcome is known.
async fn settled(world: &World, job: &Job) -> Job {
    let known = |job: &Job| job.finished_at().is_some();
    world.when(job.id, "to be settled", known).await
}

fn searches(world: &World) -> usize {
    let is_search = |event: &Event| matches!(event, Event::Search { .. });
    world
        .practice
        .ledger()
        .iter()
        .filter(|entry| is_search(&entry.event))
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_filed_is_found_and_gets_its_receipt() {
    let options = WorldOptions::default()
        .searched(NEVER, WhenNotFound::Review)
        .faults([at_save(FaultName::CutAfter, 1)]);
    let world = World::with(options).await;
    let unknown = world.file(Customer::number(1).record()).await;
    let job = settled(&world, &unknown).await;

    assert_eq!(stands(&job), FILED);
    let saves = world.practice.saves_of(&chassis(1));
    assert_eq!(saves.len(), 1);
    let receipt = &job.receipt().unwrap().0;
    assert_eq!(receipt.get("proposalNumber"), saves[0].proposal_no.as_ref());
    assert!(receipt.contains_key("quoteNumber"));
    assert_eq!(searches(&world), 1);
    let events = world.events(job.id).await;
    assert_eq!(
        &events[events.len() - 3..],
        ["fail", "search", "settle_submitted"]
    );
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_found_is_left_to_a_person_and_not_filed_again() {
    let options = WorldOptions::default()
        .searched(AT_ONCE, WhenNotFound::Review)
        .faults([at_save(FaultName::CutBefore, 1)]);
    let world = World::with(options).await;
    let unknown = world.file(Customer::number(1).record()).await;
    let job = left_to_a_person(&world, &unknown).await;

    assert_eq!(job.outcome(), Outcome::Unknown);
    assert!(
        said(&job).starts_with("the portal has nothing of it"),
        "{}",
        said(&job)
    );
    assert!(job.holds_business_key());
    assert_eq!(world.practice.saves_of(&chassis(1)).len(), 0);
    let kept = std::fs::read_dir(world.evidence().join(job.id.to_string())).unwrap();
    assert!(
        kept.count() > 0,
        "a picture shows what the search has shown"
    );
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filing_that_comes_to_light_late_is_found_at_the_settle_time() {
    let settle = Duration::from_secs(3);
    let options = WorldOptions::default()
        .searched(settle, WhenNotFound::Review)
        .answer_timeout(Duration::from_millis(300))
        .faults([at_save(FaultName::Hold, 1).phase(Phase::Before)]);
    let world = World::with(options).await;
    let unknown = world.file(Customer::number(1).record()).await;
    let nothing_yet =
        |job: &Job| job.search_at().is_some() && said(job).contains("nothing of it yet");
    world
        .when(unknown.id, "to be searched for in vain", nothing_yet)
        .await;
    world.practice.release();

    let job = settled(&world, &unknown).await;
    assert_eq!(stands(&job), FILED);
    assert_eq!(world.practice.saves_of(&chassis(1)).len(), 1);
    assert_eq!(searches(&world), 2);
    world.end().await;
}

/// The same with a portal that keeps one session for a user, and a definition that lets the machine file anew.
fn anew(settle: Duration) -> WorldOptions {
    WorldOptions::default()
        .searched(settle, WhenNotFound::Retry)
        .faults([formhand_practice::Fault::new(FaultName::SingleSession)])
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_filed_is_filed_anew_after_a_login_has_ended_the_old_session() {
    let options =
        anew(Duration::from_millis(500)).faults([at_save(FaultName::CutBefore, 1).once()]);
    let world = World::with(options).await;
    let unknown = world.file(Customer::number(1).record()).await;
    let JobState::NeedsReview {
        commit: Commit::Crossed { session, .. },
        ..
    } = &unknown.state
    else {
        panic!("{unknown:?}");
    };
    assert!(session.is_some());
    let job = settled(&world, &unknown).await;

    assert_eq!(stands(&job), FILED, "{}", world.story(job.id).await);
    assert_eq!(job.attempts, 2);
    assert_eq!(world.practice.saves_of(&chassis(1)).len(), 1);
    assert_eq!(
        logins(&world.practice).len(),
        2,
        "one more ends the session of the old attempt"
    );
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_of_the_old_attempt_that_is_still_under_way_is_waited_for_and_not_filed_again() {
    let options = anew(Duration::from_secs(2))
        .answer_timeout(Duration::from_millis(300))
        .faults([at_save(FaultName::Hold, 1).phase(Phase::Before)]);
    let world = World::with(options).await;
    let unknown = world.file(Customer::number(1).record()).await;
    held(&world, 0, Step::Save).await;
    let first = |job: &Job| job.search_at().is_some() && said(job).contains("a new login");
    world
        .when(unknown.id, "to be searched for in vain", first)
        .await;
    // The portal had let it in before the session ended, and works on it for long.
    world.practice.release();

    let job = settled(&world, &unknown).await;
    assert_eq!(stands(&job), FILED, "{}", world.story(job.id).await);
    assert_eq!(job.attempts, 1);
    assert_eq!(world.practice.saves_of(&chassis(1)).len(), 1);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_this_record_is_no_finding() {
    let options = WorldOptions::default()
        .searched(AT_ONCE, WhenNotFound::Review)
        .faults([at_save(FaultName::CutAfter, 1)])
        .adapt(|portal| {
            let verify = flow_of(portal).verify.as_mut().expect("there is a search");
            let ReceiptSource::Page { at, .. } = &verify.receipt[1].from else {
                panic!("it is read from the page");
            };
            // A portal that shows something else where the chassis number was.
            verify.readback[0].at = at.clone();
        });
    let world = World::with(options).await;
    let unknown = world.file(Customer::number(1).record()).await;
    let searched = |job: &Job| !said(job).is_empty();
    let job = world.when(unknown.id, "to be searched for", searched).await;

    assert_eq!(job.outcome(), Outcome::Unknown);
    assert!(said(&job).contains("chassis number"), "{}", said(&job));
    assert!(job.search_at().is_some(), "it is looked at again");
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drain_breaks_a_search_off_and_the_next_server_makes_it() {
    let options = WorldOptions::default()
        .searched(NEVER, WhenNotFound::Review)
        .faults([
            at_save(FaultName::CutAfter, 1),
            formhand_practice::Fault::new(FaultName::Hold)
                .step(Step::SearchPage)
                .once(),
        ]);
    let mut world = World::with(options).await;
    let unknown = world.file(Customer::number(1).record()).await;
    held(&world, 0, Step::SearchPage).await;
    world.restart().await;
    world.practice.release();

    let job = settled(&world, &unknown).await;
    assert_eq!(stands(&job), FILED);
    world.end().await;
}
