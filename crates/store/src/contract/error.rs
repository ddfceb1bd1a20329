//! What can go wrong with a store.

use formhand_domain::{AccountKey, JobId, Refusal};
use jiff::Timestamp;
use thiserror::Error;

/// The store did not do it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StoreError {
    /// The disk is full, cannot be written, or is locked by another for too long; or the database cannot be reached.
    /// The same operation can be tried again. Of a database on another machine it may have been kept all the same: the
    /// answer is what got lost.
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
    /// The caller does not keep this account's session, or not any more. It must stop to act for it.
    #[error("this server does not keep the session of {0}")]
    NotKeeper(AccountKey),
    /// The store was moved to another database, and whoever went on in it would file everything twice.
    #[error("the store was moved to {to} on {at:.0}, and nobody works in it any more")]
    Moved {
        /// Where to: the hosts and the name of the database.
        to: String,
        /// When.
        at: Timestamp,
    },
    /// The database is an unfinished copy of another store.
    #[error("the store is an unfinished copy of another one: run `formhand store copy` again")]
    Unfinished,
    /// The store is sealed, and no key is named.
    #[error(
        "the store is sealed with the key {needed}: name it by seal_key_env or seal_key_file under [store], on MongoDB with seal_records = true"
    )]
    NoKey {
        /// The id of its key.
        needed: String,
    },
    /// The store is sealed with a key that is not there.
    #[error(
        "the store is sealed with the key {needed}, and the one that seal_key_env or seal_key_file under [store] names is {found}"
    )]
    OtherKey {
        /// The id of its key.
        needed: String,
        /// The id of the one that is named.
        found: String,
    },
    /// The store is sealed with one of the old keys.
    #[error(
        "the store is sealed with the old key {needed}, and the present one is {found}: run `formhand store rekey`"
    )]
    OldKey {
        /// The id of its key.
        needed: String,
        /// The id of the present one.
        found: String,
    },
    /// A key is named, and what the store holds is not sealed.
    #[error(
        "the store is not sealed, and [store] names a key to seal it with: run `formhand store seal`"
    )]
    NotSealed,
    /// Sealing was begun and did not end.
    #[error(
        "sealing the store was begun and did not end: run the same `formhand store` command again"
    )]
    HalfSealed,
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
