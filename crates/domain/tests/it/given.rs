//! A job at each point of its life.

use formhand_domain::{
    AccountName, BusinessKey, CallerId, Failure, FailureCode, FencingToken, FlowName, Generation,
    Job, JobEvent, JobId, JobState, Lease, NodeId, PortalName, Receipt, RetryPolicy, Writer,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

/// The time at which everything begins.
pub(crate) fn start() -> Timestamp {
    "2026-01-05T09:00:00Z".parse().unwrap()
}

/// So many seconds after the start.
pub(crate) fn at(seconds: i64) -> Timestamp {
    start() + SignedDuration::from_secs(seconds)
}

/// What must be left of a lease to submit.
/// The login whose session the form is sent with.
pub(crate) const SESSION: Option<Generation> = Some(Generation(3));
pub(crate) const MARGIN: SignedDuration = SignedDuration::from_secs(5);

/// A job that was just handed in.
pub(crate) fn pending() -> Job {
    Job {
        id: JobId::new(start(), 1),
        portal: PortalName::new("practice").unwrap(),
        flow: FlowName::new("motor").unwrap(),
        account: AccountName::new("broker").unwrap(),
        caller_id: CallerId::new("record-1").unwrap(),
        business_key: Some(BusinessKey::new("chassis 1").unwrap()),
        label: "Asha Example".into(),
        record: json!({ "idv": 61_000.25, "name": "Asha \"एक\" O'Neil", "none": null }),
        created_at: start(),
        attempts: 0,
        fence: FencingToken::default(),
        state: JobState::Pending { due_at: start() },
    }
}

/// The lease of the next claim: a minute from `now`.
pub(crate) fn next_lease(job: &Job, now: Timestamp) -> Lease {
    Lease {
        owner: NodeId::new("node-a").unwrap(),
        token: job.fence.next(),
        expires_at: now + SignedDuration::from_mins(1),
    }
}

/// The server that holds the lease.
pub(crate) fn worker(job: &Job) -> Writer {
    Writer::Worker { token: job.fence }
}

/// A person.
pub(crate) fn person() -> Writer {
    Writer::Person {
        name: "Meera".into(),
    }
}

/// A failure that another attempt can help.
pub(crate) fn passing() -> Failure {
    Failure::new(FailureCode::Network, "the portal could not be reached")
}

/// A failed attempt.
pub(crate) fn fail(failure: Failure) -> JobEvent {
    JobEvent::Fail {
        failure,
        retry: RetryPolicy::default(),
        random: 0.5,
    }
}

/// The portal's answer.
pub(crate) fn receipt() -> Receipt {
    Receipt([("proposal".to_owned(), "P-1".to_owned())].into())
}

/// The pass at the gate.
pub(crate) fn cross() -> JobEvent {
    JobEvent::Cross {
        fingerprint: "ab".repeat(32),
        margin: MARGIN,
    }
}

/// The job after the worker said these.
pub(crate) fn after(events: impl IntoIterator<Item = JobEvent>) -> Job {
    let job = pending();
    let lease = next_lease(&job, start());
    let job = job
        .apply(&Writer::Queue, JobEvent::Claim { lease }, start())
        .unwrap();
    events.into_iter().fold(job, |job, event| {
        let writer = worker(&job);
        job.apply(&writer, event, at(1)).unwrap()
    })
}

/// Every point that an attempt can be at, with its name.
pub(crate) fn progress() -> Vec<(&'static str, Job)> {
    let way = [
        JobEvent::EnterForm,
        JobEvent::Arm {
            margin: MARGIN,
            session: SESSION,
        },
        cross(),
        JobEvent::Receive { receipt: receipt() },
    ];
    ["session", "login-form", "armed", "crossed", "filed"]
        .into_iter()
        .enumerate()
        .map(|(length, name)| (name, after(way[..length].to_vec())))
        .collect()
}
