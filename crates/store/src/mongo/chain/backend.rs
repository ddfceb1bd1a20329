//! The contract, handed to the operations, each with its limit of time.

use async_trait::async_trait;

use super::{
    super::{open::MongoStore, within::within},
    act, read,
};
use crate::{Act, Chain, Deeds, Head, Link, StoreError};

#[async_trait]
impl Chain for MongoStore {
    async fn links(&self, after: u64, limit: u32) -> Result<Vec<Link>, StoreError> {
        within(read::links(&self.db, after, limit)).await
    }

    async fn head(&self) -> Result<Option<Head>, StoreError> {
        within(read::head(&self.db)).await
    }
}

#[async_trait]
impl Deeds for MongoStore {
    async fn note(&self, act: Act) -> Result<u64, StoreError> {
        within(async {
            // What happened before it comes before it.
            self.until_numbered().await;
            act::note(&self.db, act).await
        })
        .await
    }
}
