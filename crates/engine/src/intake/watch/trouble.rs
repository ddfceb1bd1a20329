//! What keeps a source from being watched.

use formhand_store::{OriginError, SourceError, StoreError};

/// What keeps a source from being watched.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The history behind the position is lost.
    Lost(String),
    /// The business's database did not do what was wanted.
    Origin(String),
    /// Our store did not.
    Store(StoreError),
    /// The right to watch is another's.
    NotKeeper,
}

impl From<OriginError> for Trouble {
    fn from(error: OriginError) -> Self {
        match error {
            OriginError::Lost(text) => Self::Lost(text),
            OriginError::Failed(text) => Self::Origin(text),
        }
    }
}

impl From<SourceError> for Trouble {
    fn from(error: SourceError) -> Self {
        match error {
            SourceError::NotKeeper(_) => Self::NotKeeper,
            SourceError::Store(error) => Self::Store(error),
        }
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
