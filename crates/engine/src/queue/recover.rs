//! Takes over jobs whose server is gone, by the table of the submit protocol.

use std::sync::Arc;

use formhand_domain::{
    Clock, Job, JobEvent, NodeId, RetryPolicy, Status, Writer, job::RecoveryRule,
};
use formhand_store::{ApplyError, JobFilter, Store, StoreError};

/// How many are taken over in one go.
const BATCH: u32 = 100;

/// Recovers the jobs that a former process of this very server left. Its browsers must be known to be dead.
pub(crate) async fn recover_own(
    store: &Arc<dyn Store>,
    clock: &Arc<dyn Clock>,
    node: &NodeId,
    retry: RetryPolicy,
) -> Result<usize, StoreError> {
    let filter = JobFilter {
        statuses: vec![Status::Processing],
        ..JobFilter::default()
    };
    let mut after = None;
    let mut own = Vec::new();
    loop {
        let page = store.jobs(filter.clone(), after, BATCH).await?;
        own.extend(
            page.jobs
                .into_iter()
                .filter(|job| job.lease().is_some_and(|lease| lease.owner == *node)),
        );
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let count = own.len();
    for job in own {
        let rule = RecoveryRule::OwnerDead { token: job.fence };
        recover(store, clock, &job, retry, rule).await?;
    }
    Ok(count)
}

/// Recovers jobs whose lease has ended, whoever held it.
pub(crate) async fn recover_expired(
    store: &Arc<dyn Store>,
    clock: &Arc<dyn Clock>,
    retry: RetryPolicy,
) -> Result<(), StoreError> {
    for job in store.expired(clock.now(), BATCH).await? {
        recover(store, clock, &job, retry, RecoveryRule::Expired).await?;
    }
    Ok(())
}

async fn recover(
    store: &Arc<dyn Store>,
    clock: &Arc<dyn Clock>,
    job: &Job,
    retry: RetryPolicy,
    rule: RecoveryRule,
) -> Result<(), StoreError> {
    let event = JobEvent::LeaseEnded {
        retry,
        random: rand::random(),
        rule,
    };
    match store.apply(job.id, Writer::Queue, event, clock.now()).await {
        Ok(job) => {
            tracing::warn!(job = %job.id, status = %job.status(), outcome = %job.outcome(), "took over a job whose server is gone");
            Ok(())
        }
        // It was renewed, finished or taken over by another meanwhile.
        Err(ApplyError::Refused(_) | ApplyError::NotFound(_) | ApplyError::KeyTaken { .. }) => {
            Ok(())
        }
        Err(ApplyError::Store(error)) => Err(error),
    }
}
