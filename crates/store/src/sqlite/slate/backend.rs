//! The contract, handed to the operations.

use async_trait::async_trait;

use super::{super::open::SqliteStore, read::read, write::write};
use crate::{Slate, Slates, StoreError};

#[async_trait]
impl Slates for SqliteStore {
    async fn slate(&self, name: &str) -> Result<Option<Slate>, StoreError> {
        let name = name.to_owned();
        self.read(move |conn| read(conn, &name)).await
    }

    async fn write_slate(&self, name: &str, was: u64, text: &str) -> Result<bool, StoreError> {
        let (name, text) = (name.to_owned(), text.to_owned());
        self.write(move |to| write(to, &name, was, &text)).await
    }
}
