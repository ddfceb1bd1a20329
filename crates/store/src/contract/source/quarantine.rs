//! Documents that could not be taken.

use jiff::Timestamp;

use super::DocumentId;

/// One thing that is wrong with a document. Never repeats what the document holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentProblem {
    /// The place in the document.
    pub path: String,
    /// What would have come of it: a field of the record as a JSON pointer, or the name of what is said beside it.
    pub field: String,
    /// What is wrong and what would be right.
    pub message: String,
}

/// A document that is ready and could not be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// Which.
    pub document: DocumentId,
    /// When it was first seen so.
    pub first_at: Timestamp,
    /// When it was last seen so.
    pub last_at: Timestamp,
    /// How often it was seen so.
    pub seen: u64,
    /// What was wrong with it the last time. At most 50.
    pub problems: Vec<DocumentProblem>,
}

/// A page of the quarantine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarantinePage {
    /// In the order of the documents' ids.
    pub entries: Vec<Quarantined>,
    /// The document behind which the next page begins; nothing on the last one.
    pub next: Option<DocumentId>,
    /// How many documents of the source are in the quarantine.
    pub total: u64,
}
