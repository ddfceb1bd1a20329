//! A person takes over the page of a job, acts in it, and hands it back. Whatever is clicked, nothing is filed by it.

use std::time::Duration;

use formhand_browser::Point;
use formhand_domain::{FailureCode, JobId, Outcome, Secret, Status};
use formhand_engine::{Act, Held, HowToEnd, TakeOverRefused, TakeOverState, TakeOverTiming};
use formhand_practice::{Fault, FaultName, Step};
use formhand_testkit::{Customer, World, WorldOptions, limit_steps};

use crate::support::{filed, held, hits, now, save_requests, stands};

const FILED: (Status, Outcome) = (Status::Completed, Outcome::Submitted);
const ON_HOLD: (Status, Outcome) = (Status::OnHold, Outcome::NotSubmitted);

/// The button of what lies over a page, as a person would find it in the picture.
const CLOSE: Point = Point { x: 180.0, y: 140.0 };

/// The step that waits for the premium, and the one before the submit.
const CALCULATED: &str = "the premium is calculated";
const LAST: &str = "no inspection is needed";

fn covered(step: Step) -> Fault {
    Fault::new(FaultName::PageCovered)
        .step(step)
        .text("Scheduled maintenance tonight")
        .once()
}

fn hold_customer() -> Fault {
    Fault::new(FaultName::Hold).step(Step::Customer).once()
}

/// A world whose steps fail fast.
fn options(faults: impl IntoIterator<Item = Fault>, timing: TakeOverTiming) -> WorldOptions {
    let mut options = WorldOptions::default()
        .adapt(|portal| limit_steps(portal, Duration::from_secs(4)))
        .faults(faults);
    options.timing.step = Duration::from_secs(4);
    options.timing.take_over = timing;
    options
}

fn waiting() -> TakeOverTiming {
    TakeOverTiming {
        wait_on_failure: Some(Duration::from_mins(2)),
        ..TakeOverTiming::default()
    }
}

/// Hands a customer in, has it held at this request, and asks for its page meanwhile.
async fn asked_at(world: &World, step: Step) -> JobId {
    let id = world.submit(Customer::number(1).record()).await.job.id;
    held(world, 0, step).await;
    let asked = world.engine.take_overs().ask(id, "Mina", now());
    asked.expect("it may be asked for");
    world.practice.release();
    id
}

/// Waits until Mina has the page.
async fn has_it(world: &World, id: JobId) -> Held {
    world
        .when(id, "to be taken over", |job| job.taken_over().is_some())
        .await;
    // What is recorded is seen a moment later.
    loop {
        if let Some(TakeOverState::Held(held)) = world.engine.take_overs().state(id) {
            return held;
        }
        tokio::task::yield_now().await;
    }
}

async fn act(world: &World, id: JobId, act: Act) -> Result<(), TakeOverRefused> {
    world.engine.take_overs().act(id, "Mina", act).await
}

async fn end(world: &World, id: JobId, how: HowToEnd) -> Result<(), TakeOverRefused> {
    world.engine.take_overs().end(id, "Mina", how).await
}

/// What the audit says of take-overs.
async fn told(world: &World, id: JobId) -> Vec<(String, Option<String>)> {
    let history = world.history(id).await;
    let events = ["take_over", "hand_back", "give_up"];
    let of = history
        .into_iter()
        .filter(|entry| events.contains(&entry.event.as_str()));
    of.map(|entry| (entry.event, entry.note)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lies_over_the_page_is_clicked_away_and_the_step_is_tried_again() {
    let world = World::with(options([covered(Step::Coverage)], waiting())).await;
    let id = world.submit(Customer::number(1).record()).await.job.id;
    let desk = world.engine.take_overs();
    while !matches!(desk.state(id), Some(TakeOverState::Waiting { .. })) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    desk.ask(id, "Mina", now()).expect("it may be asked for");
    let held = has_it(&world, id).await;
    assert!(held.failure.is_some(), "{held:?}");
    // It failed, so it is not taken for done.
    let refused = end(&world, id, HowToEnd::GoOn).await;
    assert_eq!(refused, Err(TakeOverRefused::StepFailed));
    // Nobody else has it.
    let others = desk.act(id, "Vikram", Act::Back).await;
    let by = "Mina".to_owned();
    assert_eq!(others, Err(TakeOverRefused::Others { by: by.clone() }));
    assert_eq!(
        desk.ask(id, "Vikram", now()),
        Err(TakeOverRefused::Others { by })
    );
    assert!(matches!(world.engine.sight().of(id).await, Ok(Some(_))));
    act(&world, id, Act::Click(CLOSE)).await.expect("a click");
    end(&world, id, HowToEnd::TryAgain).await.expect("its end");

    let job = world.end_of(id).await;
    let story = world.story(id).await;
    assert_eq!((stands(&job), job.attempts), (FILED, 1), "{story}");
    assert_eq!(
        (save_requests(&world.practice), filed(&world.practice, 1)),
        (1, 1)
    );
    let note = "1 act; the step was tried again".to_owned();
    assert_eq!(
        told(&world, id).await,
        [
            ("take_over".to_owned(), None),
            ("hand_back".to_owned(), Some(note))
        ]
    );
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_forms_own_submit_files_nothing_under_a_persons_hands_who_may_give_up() {
    let fault = hits(FaultName::Hold, 1).step(Step::Calculate);
    // Between the premium and the submit there is time to ask.
    let options = options([fault], TakeOverTiming::default()).adapt(|portal| {
        let steps = &mut formhand_testkit::flow_of(portal).steps;
        let last = steps.iter().position(|step| step.name == LAST);
        let pause = Duration::from_secs(3);
        let unhurried = formhand_testkit::hopeless_step(true);
        steps.insert(
            last.expect("the step before the submit"),
            formhand_portal::Step {
                timeout: Some(pause),
                ..unhurried
            },
        );
    });
    let world = World::with(options).await;
    let id = asked_at(&world, Step::Calculate).await;
    let mut held = has_it(&world, id).await;
    if held.step == CALCULATED {
        // The premium may not be there yet, and so the button.
        end(&world, id, HowToEnd::GoOn).await.expect("its end");
        let desk = world.engine.take_overs();
        while matches!(desk.state(id), Some(TakeOverState::Held(_))) {
            tokio::task::yield_now().await;
        }
        desk.ask(id, "Mina", now()).expect("it may be asked for");
        held = has_it(&world, id).await;
    }
    assert_eq!(held.failure, None);
    // With the keyboard, as a person without a mouse would: the button is the next one behind the one that was clicked last.
    let mut stopped = Vec::new();
    for _ in 0..120 {
        for key in ["Tab", "Space", "Shift+Tab"] {
            act(&world, id, Act::Key(key.to_owned()))
                .await
                .expect("a key");
        }
        if let Some(TakeOverState::Held(held)) = world.engine.take_overs().state(id) {
            stopped = held.refused;
        }
        if !stopped.is_empty() {
            break;
        }
    }
    assert!(
        stopped
            .iter()
            .any(|words| words.contains("nothing was filed")),
        "{stopped:?}"
    );
    assert_eq!(save_requests(&world.practice), 0);
    end(
        &world,
        id,
        HowToEnd::GiveUp {
            reason: "tried it out".to_owned(),
        },
    )
    .await
    .expect("its end");
    let parked = world
        .when(id, "to be on hold", |job| stands(job) == ON_HOLD)
        .await;
    assert_eq!(parked.attempts, 0);
    let told = told(&world, id).await;
    let note = told
        .last()
        .and_then(|(_, note)| note.clone())
        .expect("a note");
    assert!(note.contains("refused; given up: tried it out"), "{note}");
    assert_eq!(save_requests(&world.practice), 0);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_untouched_page_is_handed_back_and_filed_and_its_time_did_not_run() {
    let mut options = options([hold_customer()], TakeOverTiming::default());
    options = options.adapt(|portal| {
        formhand_testkit::flow_of(portal).timeout = Duration::from_secs(20);
    });
    let world = World::with(options).await;
    let id = asked_at(&world, Step::Customer).await;
    has_it(&world, id).await;
    // Longer than the attempt may take.
    tokio::time::sleep(Duration::from_secs(21)).await;
    assert!(world.job(id).await.taken_over().is_some());
    end(&world, id, HowToEnd::GoOn).await.expect("its end");
    let job = world.end_of(id).await;
    assert_eq!(
        (stands(&job), job.attempts),
        (FILED, 1),
        "{}",
        world.story(id).await
    );
    assert_eq!(filed(&world.practice, 1), 1);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_was_touched_and_left_is_given_back_and_a_fresh_one_files() {
    let timing = TakeOverTiming {
        idle: Duration::from_millis(1500),
        ..TakeOverTiming::default()
    };
    let hold = hold_customer();
    let world = World::with(options([hold], timing)).await;
    let id = asked_at(&world, Step::Customer).await;
    has_it(&world, id).await;
    let secret = Act::Text(Secret::new("VERYSECRET77"));
    act(&world, id, secret).await.expect("a text");
    let job = world.end_of(id).await;
    let story = world.story(id).await;
    assert_eq!((stands(&job), job.attempts), (FILED, 1), "{story}");
    assert_eq!(filed(&world.practice, 1), 1);
    let note = "1 act; nothing was done for too long".to_owned();
    assert!(
        told(&world, id)
            .await
            .contains(&("hand_back".to_owned(), Some(note)))
    );
    assert!(!format!("{:?}", world.history(id).await).contains("VERYSECRET77"));
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_whose_form_is_being_sent_is_not_given_to_anybody() {
    let world = World::with(options(
        [hits(FaultName::Hold, 1).step(Step::Save)],
        TakeOverTiming::default(),
    ))
    .await;
    let id = world.submit(Customer::number(1).record()).await.job.id;
    held(&world, 0, Step::Save).await;
    let refused = world.engine.take_overs().ask(id, "Mina", now());
    assert_eq!(refused, Err(TakeOverRefused::TooLate));
    world.practice.release();
    assert_eq!(stands(&world.end_of(id).await), FILED);
    let gone = world.engine.take_overs().ask(id, "Mina", now());
    assert_eq!(gone, Err(TakeOverRefused::NotHere));
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_dies_under_a_persons_hands_costs_an_attempt_and_files_once() {
    let hold = hold_customer();
    let mut world = World::with(options([hold], TakeOverTiming::default())).await;
    let id = asked_at(&world, Step::Customer).await;
    has_it(&world, id).await;
    world.kill().await;
    world.start().await;
    let job = world.end_of(id).await;
    let story = world.story(id).await;
    assert_eq!((stands(&job), job.attempts), (FILED, 2), "{story}");
    assert!(story.contains(FailureCode::WorkerLost.as_str()), "{story}");
    assert_eq!(filed(&world.practice, 1), 1);
    world.end().await;
}
