//! The steps after the filing: tried by themselves, optional or required, and never a second filing.

use formhand_domain::{FailureCode, FlowName, Job, Outcome, Status};
use formhand_practice::{Fault, FaultName, Step};
use formhand_testkit::{Customer, World, WorldOptions, flow_of, last_steps};

use crate::support::{code, filed, requests, save_requests, stands, words};

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

/// A world in which these last steps meet a fault of the portal, and two jobs as they ended there: one whose last step is
/// required, and one whose last step is optional.
pub(crate) async fn required_and_optional(steps: &str, fault: Fault) -> (World, [Job; 2]) {
    let strict = last_steps(steps);
    let options = WorldOptions::default().faults([fault]).adapt(|portal| {
        let flow = flow_of(portal);
        flow.steps.extend(strict);
        let mut lenient = flow.clone();
        lenient.name = FlowName::new("lenient").expect("a name");
        lenient.steps.last_mut().expect("a step").optional = true;
        portal.flows.insert(lenient.name.clone(), lenient);
    });
    let world = World::with(options).await;
    let [one, two] = [1, 2].map(|number| Customer::number(number).record());
    let required = world.submit_to("two-wheeler", one).await.job.id;
    let optional = world.submit_to("lenient", two).await.job.id;
    let jobs = [world.end_of(required).await, world.end_of(optional).await];
    for (job, expected) in jobs.iter().zip([FILED_ONLY, FILED_WITH_ERRORS]) {
        let story = world.story(job.id).await;
        assert_eq!((stands(job), job.attempts), (expected, 1), "{story}");
        assert_eq!(code(job), Some(FailureCode::PortalFault), "{story}");
        assert!(job.receipt().is_some(), "{story}");
    }
    (world, jobs)
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
    let (world, jobs) = required_and_optional(LOOK_UP, broken).await;
    for job in jobs {
        assert!(words(&job).ends_with("(try 3 of 3)"), "{}", words(&job));
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
