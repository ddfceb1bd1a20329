//! What only the database can read.

use std::fmt;

/// The id of a document in its collection.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DocumentId(pub(crate) Vec<u8>);

/// A place in the history of a collection's changes.
#[derive(Clone, PartialEq, Eq)]
pub struct Position(pub(crate) Vec<u8>);

impl DocumentId {
    /// The same bytes for the same id, for ever.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// An id may be a person's number, and `Debug` ends up in logs.
impl fmt::Debug for DocumentId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("DocumentId")
    }
}

impl fmt::Debug for Position {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Position")
    }
}
