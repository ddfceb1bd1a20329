//! What a store promises of the chain.

use async_trait::async_trait;

use super::{Act, Head, Link};
use crate::StoreError;

/// Reading the chain.
#[async_trait]
pub trait Chain {
    /// Entries after `seq` in the order of their numbers, at most `limit`, and whatever else lies in the audit beside them.
    /// An entry that cannot be read is no error here.
    async fn links(&self, after: u64, limit: u32) -> Result<Vec<Link>, StoreError>;

    /// How far the chain is; nothing if nothing ever happened.
    async fn head(&self) -> Result<Option<Head>, StoreError>;
}

/// Noting what is no change of a job.
#[async_trait]
pub trait Deeds {
    /// Notes an act, and gives its number. It is durable when this returns, so note it before it is done: a crash in between
    /// leaves an act that was only wanted, and none that nobody knows of.
    async fn note(&self, act: Act) -> Result<u64, StoreError>;
}
