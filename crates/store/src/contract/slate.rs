//! What the servers of a store write down for one another.

use async_trait::async_trait;

use crate::StoreError;

/// A small text under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slate {
    /// Rises by one with every writing, from 1.
    pub revision: u64,
    /// What is written there; what it means is the writers' own. Never a record, a label or a secret.
    pub text: String,
}

/// Small texts that all servers of a store read and write, each as a whole.
#[async_trait]
pub trait Slates {
    /// What is written under a name; nothing if nobody ever wrote.
    async fn slate(&self, name: &str) -> Result<Option<Slate>, StoreError>;

    /// Writes under a name, on the condition that the text there is still the one that was read: the one of revision
    /// `was`, or none for zero. False if somebody else has written meanwhile.
    async fn write_slate(&self, name: &str, was: u64, text: &str) -> Result<bool, StoreError>;
}
