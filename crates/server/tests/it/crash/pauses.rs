//! A server that stands still for longer than its leases (`SIGSTOP`: a machine that swaps, a laptop that sleeps) and
//! then goes on as if nothing had happened.
//!
//! The test's own handle on the store is the other node, which may take a job over once its lease has ended.

use formhand_domain::{
    Job, JobEvent, JobId, JobState, Outcome, Progress, RecoveryRule, RetryPolicy, Status, Writer,
};
use formhand_practice::{FaultName, Phase, Step};
use formhand_store::{ApplyError, SqliteStore, Store};
use formhand_testkit::chassis;
use jiff::Timestamp;
use rustix::process::Signal;

use super::support::{Scene, SceneOptions, Server, at, committed, stands};

const UNKNOWN: (Status, Outcome) = (Status::NeedsReview, Outcome::Unknown);

/// Short enough to wait for, and long enough for a busy machine to renew it.
const LEASE: [&str; 3] = ["4s", "1s", "1s"];

/// A server that takes a moment to hear that its job is another's says so in one of these ways.
const TOLD: &[&str] = &[
    "the lease is lost",
    "the end of an attempt was not recorded",
];

struct Paused {
    scene: Scene,
    server: Server,
    /// The other node.
    other: SqliteStore,
}

impl Paused {
    async fn new(faults: impl IntoIterator<Item = formhand_practice::Fault>) -> Self {
        let scene = Scene::new(SceneOptions {
            faults: faults.into_iter().collect(),
            lease: LEASE,
            ..SceneOptions::default()
        })
        .await;
        let server = scene.serve().await;
        let other = scene.store();
        Self {
            scene,
            server,
            other,
        }
    }

    /// Stops the server, and returns how its job stands when the lease has ended.
    async fn stop(&self, job: &str) -> Job {
        self.server.process.signal(Signal::STOP);
        let id: JobId = job.parse().unwrap();
        let stopped = self.other.job(id).await.unwrap().expect("the job is there");
        if let Some(lease) = stopped.lease() {
            // Only time ends a lease; there is nothing else to wait for.
            let left = lease.expires_at.duration_since(Timestamp::now());
            tokio::time::sleep(left.unsigned_abs()).await;
        }
        stopped
    }

    fn go_on(&self) {
        self.server.process.signal(Signal::CONT);
    }

    /// What the other node makes of a job whose lease has ended. Nothing if the server was stopped in the middle of a
    /// write: then nobody can write before it goes on.
    async fn take_over(&self, id: JobId) -> Option<Job> {
        let event = JobEvent::LeaseEnded {
            retry: RetryPolicy::default(),
            random: 0.5,
            rule: RecoveryRule::Expired,
        };
        let now = Timestamp::now();
        match self.other.apply(id, Writer::Queue, event, now).await {
            Ok(job) => Some(job),
            Err(ApplyError::Store(_)) => None,
            Err(error) => panic!("{error}"),
        }
    }

    async fn finish(self, customers: &[(u32, &str)]) {
        self.other.close().await.unwrap();
        self.scene.finish(self.server, customers).await;
    }
}

fn progress(job: &Job) -> Option<&Progress> {
    match &job.state {
        JobState::Processing { progress, .. } => Some(progress),
        _ => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn stopped_while_armed_it_files_nothing_after_its_lease() {
    let dead = formhand_practice::Fault::new(FaultName::SaveClickDead).chassis(chassis(1));
    let paused = Paused::new([dead]).await;
    let job = paused.server.submit(1).await;
    paused.server.when(&job, "arm").await;
    let stopped = paused.stop(&job).await;
    assert!(matches!(progress(&stopped), Some(Progress::Armed { .. })));
    let taken = paused
        .take_over(stopped.id)
        .await
        .expect("it is in no write");
    assert_eq!((taken.status(), taken.outcome()), UNKNOWN);

    paused.go_on();
    paused.server.log().when(TOLD, Some(&job)).await;
    let end = paused.server.end_of(&job).await;
    assert_eq!((stands(&end), end.attempts), (UNKNOWN, 1));
    assert_eq!(committed(&paused.scene.practice, 1).len(), 0);
    paused.finish(&[(1, &job)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stopped_with_the_request_at_the_gate_it_files_nothing_after_its_lease() {
    let paused = Paused::new([]).await;
    let mut jobs = Vec::new();
    // From the arming to the gate it takes some milliseconds, in which the signal must fall. If it comes too late, the
    // request is through already, and the next customer is another try.
    let caught = 'caught: {
        for number in 1..=8 {
            let job = paused.server.submit(number).await;
            paused.server.when(&job, "arm").await;
            let stopped = paused.stop(&job).await;
            let armed = matches!(progress(&stopped), Some(Progress::Armed { .. }));
            let taken = if armed {
                paused.take_over(stopped.id).await
            } else {
                None
            };
            paused.go_on();
            jobs.push((number, job));
            if let Some(taken) = taken {
                assert_eq!((taken.status(), taken.outcome()), UNKNOWN);
                break 'caught true;
            }
        }
        false
    };
    assert!(caught, "no request was stopped at the gate");
    let (number, job) = jobs.last().expect("there is one");
    paused.server.log().when(TOLD, Some(job)).await;
    let end = paused.server.end_of(job).await;
    assert_eq!((stands(&end), end.attempts), (UNKNOWN, 1));
    assert_eq!(committed(&paused.scene.practice, *number).len(), 0);

    for (_, job) in &jobs {
        paused.server.end_of(job).await;
    }
    let customers: Vec<_> = jobs
        .iter()
        .map(|(number, job)| (*number, job.as_str()))
        .collect();
    paused.finish(&customers).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stopped_where_nobody_else_is_it_settles_its_own_job_by_the_table() {
    let paused = Paused::new([]).await;
    let job = paused.server.submit(1).await;
    paused.server.when(&job, "arm").await;
    paused.stop(&job).await;
    paused.go_on();
    // What can be proven decides: nothing left and tried again, or not known. The ledger is asked at the end.
    let end = paused.server.end_of(&job).await;
    match stands(&end) {
        UNKNOWN => assert_eq!(end.attempts, 1),
        stands => assert_eq!(stands, (Status::Completed, Outcome::Submitted)),
    }
    paused.finish(&[(1, &job)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stopped_while_the_portal_works_the_late_answer_changes_nothing() {
    let after = at(Step::Save, FaultName::Hold, 1).phase(Phase::After);
    let paused = Paused::new([after]).await;
    let job = paused.server.submit(1).await;
    paused.scene.held(Step::Save).await;
    let stopped = paused.stop(&job).await;
    assert!(matches!(progress(&stopped), Some(Progress::Crossed { .. })));
    let taken = paused
        .take_over(stopped.id)
        .await
        .expect("it is in no write");
    assert_eq!((taken.status(), taken.outcome()), UNKNOWN);
    paused.scene.practice.release();

    paused.go_on();
    paused.server.log().when(TOLD, Some(&job)).await;
    let end = paused.server.end_of(&job).await;
    assert_eq!((stands(&end), end.attempts), (UNKNOWN, 1));
    assert_eq!(committed(&paused.scene.practice, 1).len(), 1);
    paused.finish(&[(1, &job)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stopped_while_filling_its_job_is_tried_again_and_filed_once() {
    let paused = Paused::new([at(Step::Coverage, FaultName::Hold, 1)]).await;
    let job = paused.server.submit(1).await;
    paused.scene.held(Step::Coverage).await;
    paused.stop(&job).await;
    paused.go_on();
    // The first attempt may go on filling now; it has no lease to submit with.
    paused.scene.practice.release();
    let end = paused.server.end_of(&job).await;
    assert_eq!(stands(&end), (Status::Completed, Outcome::Submitted));
    assert_eq!(end.attempts, 2);
    paused.finish(&[(1, &job)]).await;
}
