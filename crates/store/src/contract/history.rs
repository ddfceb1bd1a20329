//! What happened to sessions, in order.

use formhand_domain::{
    AccountKey,
    account::{SessionEvent, SessionEventKind},
};

/// An event of a session, with its place in the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionEntry {
    /// Rises with every event of the store. Removed events leave gaps.
    pub seq: u64,
    /// Of whose session.
    pub account: AccountKey,
    /// What happened.
    pub event: SessionEvent,
}

/// Which events. Everything that is given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SessionHistoryFilter {
    /// Of this account.
    pub account: Option<AccountKey>,
    /// One of these kinds; empty means any.
    pub events: Vec<SessionEventKind>,
}
