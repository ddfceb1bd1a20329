//! A due job becomes one in progress.

use formhand_domain::{Job, JobEvent, Lease, Writer};
use jiff::Timestamp;

use crate::StoreError;

/// The job under this lease, and the name of what happened to it.
pub(crate) fn take(
    due: &Job,
    lease: Lease,
    now: Timestamp,
) -> Result<(Job, &'static str), StoreError> {
    let event = JobEvent::Claim { lease };
    let name = event.name();
    // What the database calls due follows from the job, so a due job can be claimed.
    due.clone()
        .apply(&Writer::Queue, event, now)
        .map(|job| (job, name))
        .map_err(|refusal| StoreError::Corrupt(format!("job {}: {refusal}", due.id)))
}
