//! How far a copy is, and what it came to.

/// How far a copy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub part: CopyPart,
    /// How much of it is done.
    pub done: u64,
    /// How much of it there is.
    pub total: u64,
}

/// A part of the work, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CopyPart {
    /// What an unfinished copy has left is removed.
    Clearing,
    /// Jobs are copied.
    Jobs,
    /// Entries of the audit are copied.
    Audit,
    /// Sessions, logins, wishes and open questions are copied.
    Accounts,
    /// What happened to sessions is copied.
    SessionEvents,
    /// Webhooks are copied, and what they are to be told.
    Webhooks,
    /// The two databases are compared.
    Comparing,
}

/// What was copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// Where to: the hosts and the name of the database.
    pub to: String,
    /// Jobs.
    pub jobs: u64,
    /// Entries of the audit.
    pub audit_entries: u64,
    /// Sessions of accounts.
    pub sessions: u64,
    /// Login tries.
    pub logins: u64,
    /// What happened to sessions.
    pub session_events: u64,
    /// Questions that wait for a person.
    pub questions: u64,
    /// All of it was there already, and only the last step of an interrupted copy was left to do.
    pub was_whole: bool,
}
