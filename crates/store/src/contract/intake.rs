//! What becomes of a record at intake.

use formhand_domain::JobId;

/// The store's answer to a new job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Submitted {
    /// Stored as handed in: waiting to be worked on, or finished as invalid.
    Stored(JobId),
    /// The same call was made before (same idempotency key): this is the job it made.
    Replayed(JobId),
    /// Another job with the same business key or the same caller id is alive or filed.
    /// The record was stored as a finished job of status `failed_duplicate`.
    Duplicate {
        /// The job that was stored for this record.
        stored: JobId,
        /// The job it is a duplicate of.
        of: JobId,
    },
}

impl Submitted {
    /// The job that answers for the record that was handed in.
    pub fn job_id(&self) -> JobId {
        match self {
            Self::Stored(id) | Self::Replayed(id) | Self::Duplicate { stored: id, .. } => *id,
        }
    }
}
