//! A server that stands still for longer than its leases (`SIGSTOP`: a machine that swaps, a laptop that sleeps) and
//! then goes on as if nothing had happened.
//!
//! The test's own handle on the store is the other node, which may take a job over once its lease has ended.

use formhand_domain::{
    Clock as _, Job, JobEvent, JobId, JobState, Outcome, Progress, RecoveryRule, RetryPolicy,
    Status, SystemClock, Writer,
};
use formhand_practice::{FaultName, Phase, Step};
use formhand_store::{SqliteStore, Store};
use formhand_testkit::chassis;

use super::support::{Scene, SceneOptions, Server, at, committed, stands};

const UNKNOWN: (Status, Outcome) = (Status::NeedsReview, Outcome::Unknown);

/// Short enough to wait for, and long enough for a busy machine to renew it.
const LEASE: [&str; 3] = ["4s", "1s", "1s"];

/// A server that takes a moment to hear that its job is another's says so in one of these ways.
const TOLD: &[&str] = &[
    AT_THE_GATE,
    "the lease is lost",
    "the end of an attempt was not recorded",
];

const AT_THE_GATE: &str = "stopped the commit request at the gate";

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

    /// Stops the server until its job's lease has ended. Gives the job as it stands then.
    ///
    /// It is stopped in no write of its own: that would keep the other node from writing too.
    async fn stop(&self, job: &str) -> Job {
        let lock = self.scene.lock_store();
        self.server.process.pause();
        drop(lock);
        self.lease_of(job.parse().unwrap()).await
    }

    /// Waits until the lease of a stopped server's job has ended.
    async fn lease_of(&self, id: JobId) -> Job {
        let stopped = self.other.job(id).await.unwrap().expect("the job is there");
        if let Some(lease) = stopped.lease() {
            // Only time ends a lease; there is nothing else to wait for.
            let left = lease.expires_at.duration_since(SystemClock.now());
            tokio::time::sleep(left.unsigned_abs()).await;
        }
        stopped
    }

    fn go_on(&self) {
        self.server.process.go_on();
    }

    /// The other node takes a job over whose lease has ended while it stood between the click and the answer.
    async fn take_over(&self, id: JobId) {
        let event = JobEvent::LeaseEnded {
            retry: RetryPolicy::default(),
            random: 0.5,
            rule: RecoveryRule::Expired,
        };
        let now = SystemClock.now();
        let taken = self.other.apply(id, Writer::Queue, event, now).await;
        let taken = taken.unwrap();
        assert_eq!((taken.status(), taken.outcome()), UNKNOWN);
    }

    /// Files customers until the request of one stands at the gate, stops the server there until the lease has
    /// ended, and lets it go on. Gives all of them, the one that was caught last.
    ///
    /// From the arming to the gate it takes some milliseconds, in which the store must be locked; the server's own
    /// writing of the pass then waits for the lock, and the request with it. If it was locked too late, the next
    /// customer is another try.
    async fn at_the_gate(&self, meanwhile: impl AsyncFn(JobId)) -> Vec<(u32, String)> {
        let mut jobs = Vec::new();
        for number in 1..=8 {
            let job = self.server.submit(number).await;
            self.server.when(&job, "arm").await;
            let lock = self.scene.lock_store();
            let id: JobId = job.parse().unwrap();
            let seen = self.other.job(id).await.unwrap().expect("the job is there");
            jobs.push((number, job.clone()));
            if !matches!(progress(&seen), Some(Progress::Armed { .. })) {
                drop(lock);
                self.server.end_of(&job).await;
                continue;
            }
            let standing = "a commit request stands at the gate";
            self.server.log().when(&[standing], Some(&job)).await;
            self.server.process.pause();
            drop(lock);
            self.lease_of(id).await;
            meanwhile(id).await;
            self.go_on();
            self.server.log().when(&[AT_THE_GATE], Some(&job)).await;
            let end = self.server.end_of(&job).await;
            assert_eq!((stands(&end), end.attempts), (UNKNOWN, 1));
            assert_eq!(committed(&self.scene.practice, number).len(), 0);
            return jobs;
        }
        panic!("no request was caught at the gate");
    }

    async fn finish(self, customers: &[(u32, String)]) {
        self.other.close().await.unwrap();
        let customers: Vec<_> = customers
            .iter()
            .map(|(number, job)| (*number, job.as_str()))
            .collect();
        self.scene.finish(self.server, &customers).await;
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
    paused.take_over(stopped.id).await;

    paused.go_on();
    paused.server.log().when(TOLD, Some(&job)).await;
    let end = paused.server.end_of(&job).await;
    assert_eq!((stands(&end), end.attempts), (UNKNOWN, 1));
    assert_eq!(committed(&paused.scene.practice, 1).len(), 0);
    paused.finish(&[(1, job)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stopped_with_the_request_at_the_gate_another_node_settles_it_and_nothing_is_filed() {
    let paused = Paused::new([]).await;
    let jobs = paused.at_the_gate(async |id| {
        paused.take_over(id).await;
    });
    let jobs = jobs.await;
    paused.finish(&jobs).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stopped_with_the_request_at_the_gate_nothing_is_filed_even_if_nobody_else_is_there() {
    let paused = Paused::new([]).await;
    let jobs = paused.at_the_gate(async |_| {}).await;
    paused.finish(&jobs).await;
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
    paused.finish(&[(1, job)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stopped_while_the_portal_works_the_late_answer_changes_nothing() {
    let after = at(Step::Save, FaultName::Hold, 1).phase(Phase::After);
    let paused = Paused::new([after]).await;
    let job = paused.server.submit(1).await;
    paused.scene.held(Step::Save).await;
    let stopped = paused.stop(&job).await;
    assert!(matches!(progress(&stopped), Some(Progress::Crossed { .. })));
    paused.take_over(stopped.id).await;
    paused.scene.practice.release();

    paused.go_on();
    paused.server.log().when(TOLD, Some(&job)).await;
    let end = paused.server.end_of(&job).await;
    assert_eq!((stands(&end), end.attempts), (UNKNOWN, 1));
    assert_eq!(committed(&paused.scene.practice, 1).len(), 1);
    paused.finish(&[(1, job)]).await;
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
    paused.finish(&[(1, job)]).await;
}
