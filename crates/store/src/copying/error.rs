//! Why a store was not copied.

use std::path::PathBuf;

use formhand_domain::NodeId;
use jiff::Timestamp;
use thiserror::Error;

use crate::StoreError;

/// The store was not copied.
#[derive(Debug, Error)]
pub enum CopyError {
    /// There is no such file.
    #[error("there is no store at {}", .0.display())]
    NoSource(PathBuf),
    /// The source failed.
    #[error("the source: {0}")]
    Source(#[source] StoreError),
    /// The target failed.
    #[error("the target: {0}")]
    Target(#[source] StoreError),
    /// The source is moved, and what is named is not where it was moved to, or is in use there.
    #[error("the store was moved to {to} on {at:.0}")]
    AlreadyMoved {
        /// Where to.
        to: String,
        /// When.
        at: Timestamp,
    },
    /// A server works on the target.
    #[error("server {0} works on the target, or did so a moment ago")]
    InUse(NodeId),
    /// The target is somebody's store already.
    #[error("the target has {0} already")]
    NotEmpty(&'static str),
    /// The target is being filled from elsewhere.
    #[error("the target is an unfinished copy of another store, or of an older state of this one")]
    Foreign,
    /// Another copy to the same target has begun meanwhile.
    #[error("another copy to the same target has begun meanwhile")]
    Overtaken,
    /// What was copied is not what there was.
    #[error("the copy is not like the source: {what}: {source_count} there, {target_count} here")]
    Differs {
        /// Of what.
        what: String,
        /// How much there is in the source.
        source_count: u64,
        /// How much there is in the target.
        target_count: u64,
    },
}
