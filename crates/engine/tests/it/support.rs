//! What the tests ask of jobs and of the portal's ledger.

use std::time::Duration;

use formhand_domain::{
    Clock, FailureCode, Generation, Job, JobId, Outcome, Status, SystemClock,
    account::{SessionEvent, SessionHappening, SessionState, Validation},
};
use formhand_practice::{Entry, Event, Fault, FaultName, LoginOutcome, Practice, Step};
use formhand_store::{Question, SavedSession};
use formhand_testkit::{Customer, World, WorldOptions, chassis};
use jiff::{SignedDuration, Timestamp};

/// The account of a world that has one.
pub(crate) const BROKER: &str = "practice-broker";

/// Where a job stands, in the two words that count.
pub(crate) fn stands(job: &Job) -> (Status, Outcome) {
    (job.status(), job.outcome())
}

/// Nothing is filed, and it is tried again.
pub(crate) const WAITING: (Status, Outcome) = (Status::Pending, Outcome::NotSubmitted);

/// Waits until the account's session needs a person.
pub(crate) async fn needs_a_person(world: &World, account: &str) -> SavedSession {
    let needs = |saved: &SavedSession| matches!(saved.state, SessionState::NeedsHuman { .. });
    world.when_session(account, "to need a person", needs).await
}

/// Waits until a job waits. It has spent no attempt.
pub(crate) async fn waits_unspent(world: &World, id: JobId) -> Job {
    let waits = |job: &Job| stands(job) == WAITING;
    let job = world.when(id, "to wait", waits).await;
    let story = world.story(id).await;
    assert_eq!(job.attempts, 0, "{story}");
    job
}

/// A person says that the account is all right again.
pub(crate) async fn forgive(world: &World) {
    let account = world.account(BROKER);
    let forgiven = world.store.forgive_account(&account, now()).await;
    forgiven.expect("the account is forgiven");
}

/// What went wrong, if something did.
pub(crate) fn code(job: &Job) -> Option<FailureCode> {
    job.failure().map(|failure| failure.code)
}

/// The words of what went wrong.
pub(crate) fn words(job: &Job) -> &str {
    job.failure().map_or("", |failure| &failure.message)
}

/// A fault at Save that hits one customer.
pub(crate) fn at_save(fault: FaultName, customer: u32) -> Fault {
    Fault::new(fault)
        .step(Step::Save)
        .chassis(chassis(customer))
}

/// A fault that hits one customer.
pub(crate) fn hits(fault: FaultName, customer: u32) -> Fault {
    Fault::new(fault).chassis(chassis(customer))
}

/// How many requests to file a form have reached the portal, whatever became of them.
pub(crate) fn save_requests(practice: &Practice) -> usize {
    requests(practice, Step::Save)
}

/// How many requests for this step have reached the portal.
pub(crate) fn requests(practice: &Practice, step: Step) -> usize {
    let ledger = practice.ledger();
    ledger
        .iter()
        .filter(|entry| is_request(entry, step))
        .count()
}

/// Whether a request for this step arrived.
pub(crate) fn is_request(entry: &Entry, step: Step) -> bool {
    matches!(&entry.event, Event::Request { path, .. } if path == step.path())
}

/// Waits until the portal holds a request for this step that is newer than `after`.
pub(crate) async fn held(world: &World, after: u64, step: Step) -> Entry {
    let is_held =
        |entry: &Entry| matches!(&entry.event, Event::Held { path } if path == step.path());
    let held = world.practice.when_after(after, is_held);
    let found = tokio::time::timeout(PATIENCE, held).await;
    found.unwrap_or_else(|_| panic!("waited {PATIENCE:?} for a request for {step} to be held"))
}

/// Waits until a customer's form is filed.
pub(crate) async fn when_filed(world: &World, customer: u32) {
    let is_filed = |entry: &Entry| matches!(&entry.event, Event::Save(save) if save.committed && save.chassis == chassis(customer));
    let filed = tokio::time::timeout(PATIENCE, world.practice.when(is_filed)).await;
    assert!(
        filed.is_ok(),
        "waited {PATIENCE:?} for customer {customer} to be filed"
    );
}

/// No test that works comes near.
const PATIENCE: Duration = Duration::from_mins(1);

/// Waits until so many questions are open.
pub(crate) async fn questions(world: &World, count: usize) -> Vec<Question> {
    let looking = async {
        // Listen before looking: a question between the two must not be missed.
        let mut changes = world.store.changes();
        loop {
            let open = world.store.open_questions(now()).await;
            let open = open.expect("the store reads");
            if open.len() >= count {
                return open;
            }
            // A signal that was missed is a signal all the same.
            let _ = changes.recv().await;
        }
    };
    let found = tokio::time::timeout(PATIENCE, looking).await;
    found.unwrap_or_else(|_| panic!("waited {PATIENCE:?} for {count} questions"))
}

/// Answers an open question.
pub(crate) async fn answer(world: &World, question: &Question, answer: &str) {
    let answered = world.store.answer(&question.id, answer, now()).await;
    assert!(answered.expect("the store writes"), "it was open");
}

/// How many proposals the portal keeps of a customer.
pub(crate) fn filed(practice: &Practice, customer: u32) -> usize {
    practice
        .saves_of(&chassis(customer))
        .iter()
        .filter(|save| save.committed)
        .count()
}

/// The present moment.
pub(crate) fn now() -> Timestamp {
    SystemClock.now()
}

/// The login tries that reached the portal, in order.
pub(crate) fn logins(practice: &Practice) -> Vec<LoginOutcome> {
    let pick = |event| match event {
        Event::Login { outcome, .. } => Some(outcome),
        _ => None,
    };
    practice
        .ledger()
        .into_iter()
        .filter_map(|entry| pick(entry.event))
        .collect()
}

/// The same with logins to spare.
pub(crate) fn plenty_of_logins(options: WorldOptions) -> WorldOptions {
    options.adapt(|portal| portal.session.budget.logins = 100)
}

/// Each was filed by its first attempt.
pub(crate) async fn assert_filed_at_once(world: &World, jobs: &[Job]) {
    for job in jobs {
        let story = world.story(job.id).await;
        assert_eq!(
            (stands(job), job.attempts),
            ((Status::Completed, Outcome::Submitted), 1),
            "{story}"
        );
    }
}

/// Lets the portal hold three jobs at one step.
pub(crate) fn hold_three() -> Fault {
    Fault::new(FaultName::Hold).step(Step::Customer).times(3)
}

/// Three jobs, all held by the portal at that step.
pub(crate) async fn three_at_work(world: &World) -> Vec<JobId> {
    let mut ids = Vec::new();
    for number in 1..=3 {
        ids.push(world.submit(Customer::number(number).record()).await.job.id);
    }
    let mut mark = 0;
    for _ in 0..3 {
        mark = held(world, mark, Step::Customer).await.seq;
    }
    ids
}

/// Waits for the end of each; it was filed by its first attempt.
pub(crate) async fn all_filed_at_once(world: &World, ids: Vec<JobId>) {
    let mut jobs = Vec::new();
    for id in ids {
        jobs.push(world.end_of(id).await);
    }
    assert_filed_at_once(world, &jobs).await;
}

/// Sessions that lived for so long, as far as the store knows.
pub(crate) async fn remember_lives(world: &World, lived: SignedDuration, count: i32) {
    let account = world.account(BROKER);
    let unseen_ms = 0;
    let lived_ms = u64::try_from(lived.as_millis()).expect("a short time");
    for number in 0..count {
        let since = now() - lived * (count - number) - SignedDuration::from_secs(60);
        let generation = Generation(u64::try_from(number).expect("a small number") + 1000);
        let events = [
            (
                since,
                SessionHappening::LoggedIn {
                    duration_ms: 500,
                    tries: 1,
                },
            ),
            (
                since + lived,
                SessionHappening::Expired {
                    seen_by: Validation::Heartbeat,
                    lived_ms,
                    unseen_ms,
                    detected_ms: None,
                },
            ),
        ];
        for (at, what) in events {
            let event = SessionEvent {
                at,
                generation,
                what,
            };
            world
                .store
                .record_session(&account, event)
                .await
                .expect("the store writes");
        }
    }
}
