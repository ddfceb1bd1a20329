//! What is said of a job is what the portal's ledger shows: the table of the submit protocol.

use std::time::Duration;

use formhand_domain::{FailureCode, FlowName, Outcome, Status};
use formhand_practice::{FaultName, Phase, Step};
use formhand_testkit::{Customer, World, WorldOptions, chassis, flow_of, hopeless_step};

use crate::support::{at_save, code, filed, held, hits, save_requests, stands, when_filed, words};

const UNSENT: (Status, Outcome) = (Status::FailedLoginForm, Outcome::NotSubmitted);
const FILED: (Status, Outcome) = (Status::Completed, Outcome::Submitted);
const REFUSED: (Status, Outcome) = (Status::FailedPostSubmission, Outcome::NotSubmitted);
const UNKNOWN: (Status, Outcome) = (Status::NeedsReview, Outcome::Unknown);

#[tokio::test(flavor = "multi_thread")]
async fn a_click_that_sends_nothing_is_disarmed_and_may_be_made_again() {
    let options = WorldOptions::default()
        .send_timeout(Duration::from_secs(3))
        .faults([
            hits(FaultName::SaveClickDead, 1),
            hits(FaultName::SaveInvalid, 2),
        ])
        .faults([(); 3].map(|()| hits(FaultName::SaveClickDead, 3)));
    let world = World::with(options).await;
    let jobs = world
        .file_all((1..=3).map(|number| Customer::number(number).record()))
        .await;

    assert_eq!(stands(&jobs[0]), FILED);
    let events = world.events(jobs[0].id).await;
    assert_eq!(
        events.join(" "),
        "submit claim enter_form arm disarm fail claim enter_form arm cross receive complete"
    );
    assert_eq!((stands(&jobs[1]), jobs[1].attempts), (FILED, 2));

    assert_eq!((stands(&jobs[2]), jobs[2].attempts), (UNSENT, 3));
    assert_eq!(code(&jobs[2]), Some(FailureCode::NothingSent));
    assert_eq!(
        [1, 2, 3].map(|number| filed(&world.practice, number)),
        [1, 1, 0]
    );
    assert_eq!(save_requests(&world.practice), 2);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf04_a_refusal_of_the_portal_is_final_and_in_its_words() {
    let world = World::faulty([
        hits(FaultName::SaveRefused, 1).text("Vehicle is under referral"),
        at_save(FaultName::Unauthorized, 2).once(),
    ])
    .await;
    let declined = Customer::number(3).with("engineNumber", "REFUSE0003");
    let records = [Customer::number(1), Customer::number(2), declined];
    let jobs = world.file_all(records.map(Customer::record)).await;

    for job in &jobs {
        let story = world.story(job.id).await;
        assert_eq!((stands(job), job.attempts), (REFUSED, 1), "{story}");
        assert_eq!(code(job), Some(FailureCode::Rejected));
        assert!(job.failure().is_some_and(|failure| !failure.retryable));
    }
    assert!(
        words(&jobs[0]).contains("Vehicle is under referral"),
        "{}",
        words(&jobs[0])
    );
    assert!(words(&jobs[1]).contains("401"), "{}", words(&jobs[1]));
    assert!(
        words(&jobs[2]).contains("declined by underwriter"),
        "{}",
        words(&jobs[2])
    );
    assert_eq!(
        [1, 2, 3].map(|number| filed(&world.practice, number)),
        [0, 0, 0]
    );
    assert_eq!(save_requests(&world.practice), 3);

    // What was provably not filed may be handed in again.
    let again = world.file(Customer::number(2).record()).await;
    assert_eq!(stands(&again), FILED);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf04_what_left_without_an_answer_that_proves_something_is_unknown_and_never_sent_again() {
    let faults = [
        at_save(FaultName::CutBefore, 1),
        at_save(FaultName::CutAfter, 2),
        at_save(FaultName::CutAfter, 3).partial_answer(),
        at_save(FaultName::ServerError, 4),
        at_save(FaultName::ServerError, 5).status(200),
        at_save(FaultName::HandledFailure, 6).text("Quote engine is busy"),
        at_save(FaultName::SlowSuccess, 7).delay_ms(60_000),
        at_save(FaultName::Hold, 8),
        at_save(FaultName::Hold, 9).phase(Phase::After),
    ];
    let options = WorldOptions::default()
        .answer_timeout(Duration::from_millis(1200))
        .faults(faults);
    let world = World::with(options).await;
    let jobs = world
        .file_all((1..=9).map(|number| Customer::number(number).record()))
        .await;

    for (job, number) in jobs.iter().zip(1..) {
        let story = format!("customer {number}\n{}", world.story(job.id).await);
        assert_eq!((stands(job), job.attempts), (UNKNOWN, 1), "{story}");
        assert_eq!(code(job), Some(FailureCode::OutcomeUnknown), "{story}");
        assert_eq!(job.due_at(), None, "{story}");
    }
    world.practice.release();
    when_filed(&world, 8).await;

    // One request each, also where Chromium's own network stack would have sent it a second time.
    assert_eq!(save_requests(&world.practice), 9);
    let kept: Vec<usize> = (1..=9)
        .map(|number| filed(&world.practice, number))
        .collect();
    assert_eq!(kept, [0, 1, 1, 0, 0, 0, 1, 1, 1]);
    assert_eq!(stands(&world.job(jobs[7].id).await), UNKNOWN);
    // The case is not closed: another record of it is a duplicate.
    let again = world.submit(Customer::number(2).record()).await.job;
    assert_eq!(again.status(), Status::FailedDuplicate);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_answer_is_waited_for_and_is_a_receipt() {
    let world = World::faulty([
        at_save(FaultName::SlowSuccess, 1).delay_ms(1500),
        at_save(FaultName::Hold, 2).phase(Phase::After),
    ])
    .await;
    let slow = world.submit(Customer::number(1).record()).await.job.id;
    let late = world.submit(Customer::number(2).record()).await.job.id;

    held(&world, 0, Step::Save).await;
    assert_eq!(
        stands(&world.job(late).await),
        (Status::Processing, Outcome::Unknown)
    );
    world.practice.release();

    for (id, number) in [(slow, 1), (late, 2)] {
        let job = world.end_of(id).await;
        assert_eq!(stands(&job), FILED);
        let saves = world.practice.saves_of(&chassis(number));
        assert_eq!(saves.len(), 1);
        let receipt = job
            .receipt()
            .and_then(|receipt| receipt.0.get("proposalNumber"));
        assert_eq!(receipt, saves[0].proposal_no.as_ref());
    }
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf06_a_failure_after_the_receipt_is_said_and_the_job_stays_filed() {
    let options = WorldOptions::default().adapt(|portal| {
        let strict = flow_of(portal);
        let mut lenient = strict.clone();
        strict.steps.push(hopeless_step(false));
        lenient.steps.push(hopeless_step(true));
        lenient.name = FlowName::new("lenient").expect("a name");
        portal.flows.insert(lenient.name.clone(), lenient);
    });
    let world = World::with(options).await;
    let strict = world
        .submit_to("two-wheeler", Customer::number(1).record())
        .await
        .job
        .id;
    let lenient = world
        .submit_to("lenient", Customer::number(2).record())
        .await
        .job
        .id;

    let strict = world.end_of(strict).await;
    assert_eq!(
        stands(&strict),
        (Status::FailedPostSubmission, Outcome::Submitted)
    );
    let lenient = world.end_of(lenient).await;
    assert_eq!(
        stands(&lenient),
        (Status::CompletedWithErrors, Outcome::Submitted)
    );
    for job in [strict, lenient] {
        assert_eq!(job.attempts, 1);
        assert_eq!(code(&job), Some(FailureCode::StepTimedOut));
        assert!(
            job.receipt()
                .is_some_and(|receipt| receipt.0.contains_key("proposalNumber"))
        );
    }
    assert_eq!([1, 2].map(|number| filed(&world.practice, number)), [1, 1]);
    world.end().await;
}
