//! What can go wrong with a source.

use formhand_domain::SourceName;
use thiserror::Error;

use crate::StoreError;

/// What was wanted of a source was not done in the store.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SourceError {
    /// The caller does not watch this source, or not any more. It must stop to do so.
    #[error("another server watches the source {0}, or its lease ended")]
    NotKeeper(SourceName),
    /// The store did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The business's own database did not do it. Nothing of a document is in the words.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OriginError {
    /// What happened behind the position is not known any more, or the position is none of this collection.
    #[error("the history of the collection is lost: {0}")]
    Lost(String),
    /// It cannot be reached, does not allow it, or anything else. Later it may.
    #[error("{0}")]
    Failed(String),
}
