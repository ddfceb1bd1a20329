//! Sealing a store as a whole.

use formhand_domain::NodeId;
use formhand_seal::{KeyId, Keyring};
use thiserror::Error;

use super::StoreError;
use crate::seal::Mark;

/// What is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealWish {
    /// A store that is not sealed is sealed with the present key.
    Seal,
    /// One that is sealed with an old key is sealed with the present one.
    Rekey,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resealed {
    /// The key that all is sealed with.
    pub key: KeyId,
    /// Rows or documents that were sealed; none if they were already.
    pub values: u64,
}

/// The store was not sealed. What was done of it stays, and the next call goes on with it.
#[derive(Debug, Error)]
pub enum SealError {
    /// A server works on it.
    #[error("server {0} works on the store, or did so a moment ago")]
    InUse(NodeId),
    /// There is no such file.
    #[error("there is no store yet: a new one is sealed by whoever opens it with a key")]
    NoStore,
    /// The store failed, or refuses it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SealWish {
    /// Refuses to seal what is sealed with another key, and to change the key of what has none.
    pub(crate) fn check(self, mark: Option<&Mark>, keys: &Keyring) -> Result<(), StoreError> {
        match (self, mark) {
            (Self::Rekey, None) => Err(StoreError::NotSealed),
            (Self::Seal, Some(mark)) if mark.key != keys.current() && keys.has(mark.key) => {
                Err(StoreError::OldKey {
                    needed: mark.key.to_string(),
                    found: keys.current().to_string(),
                })
            }
            _ => Ok(()),
        }
    }
}
