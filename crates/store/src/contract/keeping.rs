//! The right to keep an account's session, and what the others tell its keeper.

use formhand_domain::{Generation, Lease};

/// What became of the wish to keep an account's session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keeping {
    /// It is ours, until the lease ends.
    Ours(Lease),
    /// Another server keeps it.
    Others(Lease),
}

/// What a job found out about the session that it was lent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionReport {
    /// The portal no longer knows this generation.
    Stale(Generation),
    /// Nothing may act with this generation any more: it is to be replaced once no job works with it.
    Retire(Generation),
}

/// What clones of a session are made of, sealed with a key that the store does not have.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedCopy {
    /// The login that it comes from.
    pub generation: Generation,
    /// Unreadable here.
    pub sealed: Vec<u8>,
}
