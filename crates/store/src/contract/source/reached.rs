//! How far a source has been read.

use jiff::Timestamp;

use super::{DocumentId, Position};

/// How far a source has been read. Kept together with the jobs that were made on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// All changes up to here were looked at, but for what a scan has still to look at.
    pub position: Position,
    /// When they happened, by the source's clock.
    pub at: Timestamp,
    /// The documents that were there at that position are looked at one by one, before the changes behind it.
    pub scan: Option<Scan>,
}

/// A look at all documents of a collection, in the order of their ids.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scan {
    /// Only documents whose ids were made since then. Nothing: all.
    pub since: Option<Timestamp>,
    /// The last document that was looked at.
    pub after: Option<DocumentId>,
}
