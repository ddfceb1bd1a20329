//! The servers that work on one store.

use formhand_domain::NodeId;
use jiff::Timestamp;

/// A server, as it last said of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeEntry {
    /// Its name.
    pub id: NodeId,
    /// The version of its program.
    pub version: String,
    /// The newest schema of the store that it can work on.
    pub schema: u32,
    /// How many jobs it may work on at once.
    pub workers: u32,
    /// How many it works on.
    pub at_work: u32,
    /// When its process began.
    pub started_at: Timestamp,
    /// When it last said so.
    pub seen_at: Timestamp,
}

/// A server, and what is wanted of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it said.
    pub entry: NodeEntry,
    /// It is to take no jobs and to keep no session, until this is taken back.
    pub drain: bool,
}
