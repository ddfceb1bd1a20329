//! The contract, handed to the operations.

use async_trait::async_trait;

use super::{super::open::SqliteStore, act, append, read};
use crate::{Act, Chain, Deeds, Head, Link, StoreError};

#[async_trait]
impl Chain for SqliteStore {
    async fn links(&self, after: u64, limit: u32) -> Result<Vec<Link>, StoreError> {
        self.read(move |conn| read::links(conn, after, limit)).await
    }

    async fn head(&self) -> Result<Option<Head>, StoreError> {
        self.read(|conn| append::head(conn)).await
    }
}

#[async_trait]
impl Deeds for SqliteStore {
    async fn note(&self, act: Act) -> Result<u64, StoreError> {
        self.write(move |write| act::note(write, act)).await
    }
}
