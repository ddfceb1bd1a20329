//! What a job gets of a session.

use std::sync::Arc;

use formhand_browser::StorageState;
use formhand_domain::Generation;
use jiff::Timestamp;

/// A copy of the master session.
#[derive(Debug, Clone)]
pub(crate) struct Lent {
    /// The login it comes from.
    pub(crate) generation: Generation,
    /// Cookies and storage.
    pub(crate) storage: Arc<StorageState>,
}

/// There is no session to lend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NoSession {
    /// It is tried again after this time.
    Until(Timestamp, String),
    /// A person has to help first.
    Human(String),
    /// The server shuts down.
    Closing,
}
