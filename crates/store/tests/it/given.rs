//! Jobs as the tests need them, and the way to a point of their life.

use std::sync::atomic::{AtomicU64, Ordering};

use formhand_domain::{
    AccountKey, AccountName, BusinessKey, CallerId, End, Failure, FailureCode, FencingToken,
    FlowName, Generation, IdempotencyKey, Job, JobEvent, JobId, JobState, NewJob, NodeId,
    PortalName, Receipt, RetryPolicy, Writer,
    account::{LoginBudget, LoginResult},
};
use formhand_store::{Capacity, ClaimRequest, Keeping, SavedSession, SealedCopy, Store};
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

/// How long the leases of these tests last.
pub(crate) const LEASE: SignedDuration = SignedDuration::from_secs(60);

/// The account that everything is filed under.
pub(crate) fn account() -> AccountKey {
    account_named("broker")
}

/// Another account.
pub(crate) fn account_named(name: &str) -> AccountKey {
    AccountKey {
        portal: PortalName::new("practice").unwrap(),
        account: AccountName::new(name).unwrap(),
    }
}

/// A record of the business case `case`, due at once.
pub(crate) fn record(case: &str) -> NewJob {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    // Ids rise with the order in which records are made.
    let made_at = start() + SignedDuration::from_millis(i64::try_from(count).unwrap());
    let account = account();
    let job = Job {
        id: JobId::new(made_at, u128::from(count)),
        portal: account.portal,
        flow: FlowName::new("motor").unwrap(),
        account: account.account,
        caller_id: CallerId::new(format!("record-{}-{count}", case.replace(' ', "-"))).unwrap(),
        business_key: Some(BusinessKey::new(format!("chassis {case}")).unwrap()),
        label: format!("Asha Example {case}"),
        record: json!({ "chassisNumber": case, "idv": 61_000.25, "note": "एक \" quote" }),
        created_at: start(),
        attempts: 0,
        fence: FencingToken::default(),
        state: JobState::Pending { due_at: start() },
    };
    NewJob {
        job,
        idempotency_key: None,
    }
}

/// The same record, handed in with an idempotency key.
pub(crate) fn with_key(new: NewJob, key: &str) -> NewJob {
    NewJob {
        idempotency_key: Some(IdempotencyKey::new(key).unwrap()),
        ..new
    }
}

/// The same record, changed.
pub(crate) fn but(new: NewJob, change: impl FnOnce(&mut Job)) -> NewJob {
    let mut new = new;
    change(&mut new.job);
    new
}

/// A record that broke its rules.
pub(crate) fn invalid(case: &str) -> NewJob {
    but(record(case), |job| {
        job.business_key = None;
        job.state = JobState::finished(
            End::Invalid {
                failure: Failure::new(FailureCode::InvalidRecord, "/idv: is missing"),
            },
            start(),
        );
    })
}

/// A claim for the usual account with more room than is needed.
pub(crate) fn request(seconds: i64) -> ClaimRequest {
    ClaimRequest {
        owner: node("node-a"),
        now: at(seconds),
        lease_for: LEASE,
        accounts: vec![Capacity {
            account: account(),
            max_parallel: 1000,
            pace: None,
        }],
    }
}

/// A server's name.
pub(crate) fn node(name: &str) -> NodeId {
    NodeId::new(name).unwrap()
}

/// The writer that holds a job's lease.
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

/// What clones of a session are made of.
pub(crate) fn copy(generation: u64, sealed: &[u8]) -> SealedCopy {
    SealedCopy {
        generation: Generation(generation),
        sealed: sealed.to_vec(),
    }
}

/// Gives the usual account's session to a server, which must get it, for [`LEASE`].
pub(crate) async fn kept(store: &dyn Store, owner: &str, second: i64) -> FencingToken {
    let (now, end) = (at(second), at(second) + LEASE);
    let kept = store.keep_account(&account(), &node(owner), now, end).await;
    match kept.unwrap() {
        Keeping::Ours(lease) => lease.token,
        Keeping::Others(lease) => panic!("{lease:?} is in the way of {owner}"),
    }
}

/// A login to the usual account that succeeds; the budget has room for it.
pub(crate) async fn logged_in(store: &dyn Store, keeper: Option<FencingToken>) -> SavedSession {
    let budget = LoginBudget {
        logins: 99,
        per: SignedDuration::from_secs(1),
    };
    let ticket = store
        .begin_login(&account(), keeper, "p1", budget, at(0))
        .await
        .unwrap()
        .unwrap();
    store
        .finish_login(&account(), ticket, LoginResult::Succeeded, at(0))
        .await
        .unwrap()
}

/// Stores a record and gives its job's id.
pub(crate) async fn submitted(store: &dyn Store, new: NewJob) -> JobId {
    store.submit(new).await.unwrap().job_id()
}

/// Stores a record and claims it; nothing else may be due.
pub(crate) async fn claimed(store: &dyn Store, case: &str) -> Job {
    let id = submitted(store, record(case)).await;
    let job = store.claim(request(0)).await.unwrap().unwrap();
    assert_eq!(job.id, id);
    job
}

/// Says one thing of a job, as the server that works on it.
pub(crate) async fn say(store: &dyn Store, job: &Job, event: JobEvent) -> Job {
    store
        .apply(job.id, worker(job), event, at(1))
        .await
        .unwrap()
}

/// A claimed job whose form is being filled.
pub(crate) async fn filling(store: &dyn Store, case: &str) -> Job {
    let job = claimed(store, case).await;
    say(store, &job, JobEvent::EnterForm).await
}

/// A job whose click on submit may be made.
pub(crate) async fn armed(store: &dyn Store, case: &str) -> Job {
    let job = filling(store, case).await;
    let margin = SignedDuration::from_secs(5);
    say(
        store,
        &job,
        JobEvent::Arm {
            margin,
            session: None,
        },
    )
    .await
}

/// A job whose commit request has left.
pub(crate) async fn crossed(store: &dyn Store, case: &str) -> Job {
    let job = armed(store, case).await;
    let event = JobEvent::Cross {
        fingerprint: "ab".repeat(32),
        margin: SignedDuration::from_secs(5),
    };
    say(store, &job, event).await
}

/// A job whose receipt is stored.
pub(crate) async fn filed(store: &dyn Store, case: &str) -> Job {
    let job = crossed(store, case).await;
    say(store, &job, JobEvent::Receive { receipt: receipt() }).await
}

/// A job that is done.
pub(crate) async fn completed(store: &dyn Store, case: &str) -> Job {
    let job = filed(store, case).await;
    let event = JobEvent::Complete {
        optional_failure: None,
    };
    say(store, &job, event).await
}
