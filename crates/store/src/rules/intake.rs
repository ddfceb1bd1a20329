//! What may be handed in, and what becomes of a duplicate.

use formhand_domain::{End, Failure, FailureCode, Job, JobId, JobState};

use crate::StoreError;

/// Refuses a job that is not as a new one is.
pub(crate) fn check_new(job: &Job) -> Result<(), StoreError> {
    let waits = matches!(job.state, JobState::Pending { .. });
    let refused = matches!(
        job.state,
        JobState::Finished {
            end: End::Invalid { .. },
            ..
        }
    );
    if waits || refused {
        Ok(())
    } else {
        Err(StoreError::Backend(format!(
            "a new job is pending or invalid, and this one is {}",
            job.status()
        )))
    }
}

/// The job that is stored for a record whose key another job holds.
pub(crate) fn duplicate(job: Job, of: JobId) -> Job {
    let failure = Failure::new(
        FailureCode::DuplicateKey,
        format!("job {of} has the same business key or caller id, and it is alive or filed"),
    );
    Job {
        state: JobState::finished(End::Duplicate { of, failure }, job.created_at),
        ..job
    }
}
