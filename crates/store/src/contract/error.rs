//! What can go wrong with a store.

use formhand_domain::{JobId, Refusal};
use thiserror::Error;

/// The store did not do it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StoreError {
    /// The disk is full, cannot be written, or is locked by another for too long. Nothing of the operation was kept,
    /// and the same operation can be tried again.
    #[error("the store cannot write: {0}")]
    Unwritable(String),
    /// The database was made by a newer Formhand.
    #[error(
        "the store has schema {found}, and this Formhand knows up to {known}: run the newer one"
    )]
    TooNew {
        /// Its version.
        found: u32,
        /// The newest that is known here.
        known: u32,
    },
    /// What is stored cannot be read.
    #[error("the store holds something unreadable: {0}")]
    Corrupt(String),
    /// The store is shut down or lost.
    #[error("the store is gone: {0}")]
    Gone(String),
    /// Anything else that the database said.
    #[error("the store failed: {0}")]
    Backend(String),
}

/// An event was not applied to a job.
#[derive(Debug, Error)]
pub enum ApplyError {
    /// No such job.
    #[error("there is no job {0}")]
    NotFound(JobId),
    /// The job refuses it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The job would need its business key again, and another job has it now.
    #[error("job {holder} has the same business key by now, and it is alive or filed")]
    KeyTaken {
        /// The other job.
        holder: JobId,
    },
    /// The store did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}
