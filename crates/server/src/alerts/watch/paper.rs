//! The book, as all servers share it.

use std::sync::Arc;

use formhand_store::{Store, StoreError};

use crate::alerts::Book;

/// Its name in the store.
const NAME: &str = "alerts";

/// Others write there now and then; one that is never let through has found something else.
const TRIES: u32 = 20;

/// The book in the store.
#[derive(Clone)]
pub(super) struct Paper(pub(super) Arc<dyn Store>);

impl Paper {
    /// What is written.
    pub(super) async fn read(&self) -> Result<Book, StoreError> {
        self.read_revision().await.map(|(_, book)| book)
    }

    /// Changes it, on the condition that nobody else has done so meanwhile: the change is made again on what is there
    /// then. Nothing is written if nothing changes.
    pub(super) async fn change<T>(
        &self,
        mut change: impl FnMut(&mut Book) -> T,
    ) -> Result<(T, Book), StoreError> {
        for _ in 0..TRIES {
            let (revision, before) = self.read_revision().await?;
            let mut book = before.clone();
            let result = change(&mut book);
            if book == before || self.write(revision, &book).await? {
                return Ok((result, book));
            }
        }
        Err(StoreError::Unwritable(
            "others write what is known of alerts all the time".to_owned(),
        ))
    }

    async fn read_revision(&self) -> Result<(u64, Book), StoreError> {
        let Some(slate) = self.0.slate(NAME).await? else {
            return Ok((0, Book::default()));
        };
        // One that another Formhand wrote and this one cannot read is begun anew: told twice is better than never.
        let book = serde_json::from_str(&slate.text).unwrap_or_else(|error| {
            tracing::error!(
                code = "alerts_unreadable",
                column = error.column(),
                "what was known of alerts cannot be read and is begun anew"
            );
            Book::default()
        });
        Ok((slate.revision, book))
    }

    async fn write(&self, revision: u64, book: &Book) -> Result<bool, StoreError> {
        let text = serde_json::to_string(book)
            .map_err(|error| StoreError::Backend(format!("encode: {error}")))?;
        self.0.write_slate(NAME, revision, &text).await
    }
}
