//! The contract, handed to the operations, each with its limit of time.

use async_trait::async_trait;

use super::{
    super::{open::MongoStore, within::within},
    read::read,
    write::write,
};
use crate::{Slate, Slates, StoreError};

#[async_trait]
impl Slates for MongoStore {
    async fn slate(&self, name: &str) -> Result<Option<Slate>, StoreError> {
        within(read(&self.db, name)).await
    }

    async fn write_slate(&self, name: &str, was: u64, text: &str) -> Result<bool, StoreError> {
        within(write(&self.db, name, was, text)).await
    }
}
