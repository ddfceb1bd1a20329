//! The collection itself, in the business's own database.

use std::fmt;

use async_trait::async_trait;
use jiff::Timestamp;
use serde_json::Value;

use super::{DocumentId, Note, OriginError, Position, Scan};

/// Where a collection is.
#[derive(Clone, PartialEq, Eq)]
pub struct SourcePlace {
    /// The URL of its database, which may hold a password. Nothing: it is on the same server as the store.
    pub url: Option<String>,
    /// The database. Nothing: the one that the URL names, or the store's own.
    pub database: Option<String>,
    /// The collection.
    pub collection: String,
}

impl fmt::Debug for SourcePlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("SourcePlace")
            .field(&self.collection)
            .finish()
    }
}

/// A collection that records are taken from. It is read, and written only where somebody said so.
///
/// `as_of` is a position that was seen before: what is read is at least as new, whichever member of the database
/// answers.
#[async_trait]
pub trait Origin: Send + Sync {
    /// The present, and when it is by the source's clock. What happens from now on lies behind it.
    async fn present(&self) -> Result<(Position, Timestamp), OriginError>;

    /// Follows what happens behind a position. Without `updates`, only new documents are told of.
    async fn follow(
        &self,
        position: &Position,
        updates: bool,
    ) -> Result<Box<dyn Feed>, OriginError>;

    /// The next ids of a scan, at most `limit`. None: the scan is done.
    async fn ids(
        &self,
        scan: &Scan,
        limit: u32,
        as_of: &Position,
    ) -> Result<Vec<DocumentId>, OriginError>;

    /// Whether every id says when it was made.
    async fn ids_tell_time(&self, as_of: &Position) -> Result<bool, OriginError>;

    /// The documents of these ids that are there, as JSON in relaxed extended form. Nothing for one that cannot be read:
    /// programs have written text into databases that is none.
    async fn read(
        &self,
        ids: &[DocumentId],
        as_of: Option<&Position>,
    ) -> Result<Vec<(DocumentId, Option<Value>)>, OriginError>;

    /// Writes notes into documents, each once more if it was written before. Documents that are gone are passed over;
    /// those that cannot hold the note are returned.
    async fn tell(&self, notes: &[Note]) -> Result<Vec<DocumentId>, OriginError>;
}

/// What happens in a collection, in order.
#[async_trait]
pub trait Feed: Send {
    /// What has happened meanwhile, at most `limit`. If nothing has, it waits for about a second.
    async fn next(&mut self, limit: usize) -> Result<Batch, OriginError>;
}

/// Some changes in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// What happened, in order.
    pub events: Vec<SourceEvent>,
    /// The position behind the last of them.
    pub position: Position,
    /// When the last of them happened, by the source's clock; nothing if nothing happened.
    pub at: Option<Timestamp>,
}

/// Something happened to a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceEvent {
    /// Which.
    pub document: DocumentId,
    /// What.
    pub change: DocumentChange,
}

/// What happened to a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentChange {
    /// It is new.
    Inserted,
    /// Another was put in its place.
    Replaced,
    /// These places changed, as the database names them: `customer.name`.
    Updated(Vec<String>),
}
