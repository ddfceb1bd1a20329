//! Jobs as a broker hands them in, with a record of about one kilobyte.

use std::sync::atomic::{AtomicU32, Ordering};

use formhand_domain::{
    AccountKey, AccountName, BusinessKey, CallerId, End, Failure, FailureCode, FencingToken,
    FlowName, Job, JobId, JobState, NewJob, NodeId, PortalName,
};
use formhand_store::{Capacity, ClaimRequest};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::Outcome;

pub(crate) fn now() -> Timestamp {
    Timestamp::UNIX_EPOCH
}

fn account() -> Outcome<AccountKey> {
    Ok(AccountKey {
        portal: PortalName::new("practice")?,
        account: AccountName::new("broker")?,
    })
}

pub(crate) fn request(node: &str) -> Outcome<ClaimRequest> {
    Ok(ClaimRequest {
        owner: NodeId::new(node)?,
        now: now(),
        lease_for: SignedDuration::from_mins(1),
        accounts: vec![Capacity {
            account: account()?,
            max_parallel: 64,
            pace: None,
        }],
    })
}

pub(crate) fn finished() -> Outcome<NewJob> {
    let mut new = pending()?;
    let failure = Failure::new(FailureCode::InvalidRecord, "/idv: is missing");
    new.job.state = JobState::finished(End::Invalid { failure }, now());
    Ok(new)
}

/// A job with a record of about one kilobyte.
pub(crate) fn pending() -> Outcome<NewJob> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let account = account()?;
    let job = Job {
        id: JobId::new(
            now() + SignedDuration::from_millis(number.into()),
            number.into(),
        ),
        portal: account.portal,
        flow: FlowName::new("motor")?,
        account: account.account,
        caller_id: CallerId::new(format!("record-{number}"))?,
        business_key: Some(BusinessKey::new(format!("chassis-{number}"))?),
        // One of so many names.
        label: format!("Asha Example Name{}", number % 1000),
        record: json!({ "chassisNumber": number, "filler": "x".repeat(1000) }),
        created_at: now(),
        attempts: 0,
        fence: FencingToken::default(),
        state: JobState::Pending { due_at: now() },
    };
    Ok(NewJob {
        job,
        idempotency_key: None,
    })
}
