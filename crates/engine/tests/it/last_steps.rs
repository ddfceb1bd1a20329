//! The steps after the filing: tried by themselves, optional or required, and never a second filing.

use formhand_domain::{FailureCode, FlowName, Job, Outcome, Status};
use formhand_practice::{Fault, FaultName, Practice, Step};
use formhand_testkit::{Customer, World, WorldOptions, flow_of, last_steps};

use crate::support::{code, filed, is_request, save_requests, stands, words};

pub(crate) const FILED: (Status, Outcome) = (Status::Completed, Outcome::Submitted);
pub(crate) const FILED_WITH_ERRORS: (Status, Outcome) =
    (Status::CompletedWithErrors, Outcome::Submitted);
pub(crate) const FILED_ONLY: (Status, Outcome) = (Status::FailedPostSubmission, Outcome::Submitted);

/// Looks the proposal up, as one step.
const LOOK_UP: &str = r##"- name: look it up
  tries: {times: 3, pause: 20ms}
  do:
    - goto: /Policy/ViewPolicySearch
    - fill: {at: "#txtSearchText", value: "{{ captures.proposalNumber }}"}
    - click: "#btnViewPolicySearch"
    - wait: {visible: "#tblPolicySearch"}
"##;

/// A world whose flow ends with these steps.
pub(crate) async fn ending(steps: &str, faults: impl IntoIterator<Item = Fault>) -> World {
    let steps = last_steps(steps);
    let options = WorldOptions::default().faults(faults);
    World::with(options.adapt(|portal| flow_of(portal).steps.extend(steps))).await
}

pub(crate) fn requests(practice: &Practice, step: Step) -> usize {
    let ledger = practice.ledger();
    ledger
        .iter()
        .filter(|entry| is_request(entry, step))
        .count()
}

/// One attempt and one request to file were all, and the portal's number is known.
pub(crate) fn assert_filed_once(world: &World, job: &Job) {
    assert_eq!(job.attempts, 1);
    assert_eq!(
        (filed(&world.practice, 1), save_requests(&world.practice)),
        (1, 1)
    );
    let receipt = job.receipt().expect("there is a receipt");
    assert!(receipt.0.contains_key("proposalNumber"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_that_fails_twice_is_done_at_its_third_try() {
    let broken = Fault::new(FaultName::ServerError).step(Step::SearchPage);
    let world = ending(LOOK_UP, [broken.times(2)]).await;
    let job = world.file(Customer::number(1).record()).await;
    assert_eq!(stands(&job), FILED, "{}", world.story(job.id).await);
    assert_eq!(requests(&world.practice, Step::SearchPage), 3);
    assert_eq!(requests(&world.practice, Step::Search), 1);
    assert_filed_once(&world, &job);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_whose_tries_are_used_up_says_so_and_only_a_required_one_fails_the_job() {
    let broken = Fault::new(FaultName::ServerError).step(Step::SearchPage);
    let strict = last_steps(LOOK_UP);
    let options = WorldOptions::default().faults([broken]).adapt(|portal| {
        let flow = flow_of(portal);
        flow.steps.extend(strict);
        let mut lenient = flow.clone();
        lenient.name = FlowName::new("lenient").expect("a name");
        lenient.steps.last_mut().expect("a step").optional = true;
        portal.flows.insert(lenient.name.clone(), lenient);
    });
    let world = World::with(options).await;
    let mut jobs = Vec::new();
    for (number, flow) in [(1, "two-wheeler"), (2, "lenient")] {
        let record = Customer::number(number).record();
        jobs.push(world.submit_to(flow, record).await.job.id);
    }
    for (id, expected) in jobs.into_iter().zip([FILED_ONLY, FILED_WITH_ERRORS]) {
        let job = world.end_of(id).await;
        let story = world.story(id).await;
        assert_eq!((stands(&job), job.attempts), (expected, 1), "{story}");
        assert_eq!(code(&job), Some(FailureCode::PortalFault), "{story}");
        assert!(words(&job).ends_with("(try 3 of 3)"), "{}", words(&job));
        assert!(job.receipt().is_some(), "{story}");
    }
    assert_eq!(requests(&world.practice, Step::SearchPage), 6);
    assert_eq!(save_requests(&world.practice), 2);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf06_the_end_of_the_session_is_no_reason_for_another_try() {
    let steps = LOOK_UP.replace("  tries", "  optional: true\n  tries");
    let over = Fault::new(FaultName::ExpireAt).step(Step::SearchPage);
    let world = ending(&steps, [over.once()]).await;
    let job = world.file(Customer::number(1).record()).await;
    assert_eq!(stands(&job), FILED_ONLY, "{}", world.story(job.id).await);
    assert_eq!(code(&job), Some(FailureCode::SessionExpired));
    assert_eq!(requests(&world.practice, Step::SearchPage), 1);
    assert_filed_once(&world, &job);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_become_better_and_what_takes_too_long_end_a_step_in_their_own_words() {
    let steps = r##"- name: a page of another portal
  optional: true
  tries: {times: 5, pause: 1h}
  goto: "http://localhost:1/{{ captures.proposalNumber }}"
- name: one that never shows
  tries: {times: 2, pause: 20ms}
  timeout: 300ms
  do:
    - name: the list
      wait: {visible: "#tblPolicySearch"}
"##;
    let steps = steps.replace("http://localhost:1/", "{{ 'http://localhost:1/' }}");
    let world = ending(&steps, []).await;
    let job = world.file(Customer::number(1).record()).await;
    assert_eq!(stands(&job), FILED_ONLY, "{}", world.story(job.id).await);
    assert_eq!(
        words(&job),
        "not done within 300ms; it was at: the list (try 2 of 2)"
    );
    let step = job.failure().and_then(|failure| failure.step.clone());
    assert_eq!(step.as_deref(), Some("one that never shows"));
    assert_filed_once(&world, &job);
    world.end().await;
}
