//! What happened, in order. Written in the same transaction as the change it tells of.

use formhand_domain::{Failure, JobId, Stage, Status, Writer};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::SessionEntry;

/// One change of one job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditEntry {
    /// Rises by one with every entry of the chain. Among entries of jobs there are gaps where acts are, and where jobs were
    /// removed.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// Which job.
    pub job: JobId,
    /// What happened: an event's name, or `submit`.
    pub event: String,
    /// Who wrote it.
    pub writer: Writer,
    /// The status before; nothing for a new job.
    pub from: Option<Status>,
    /// The status after.
    pub to: Status,
    /// The stage after.
    pub stage: Option<Stage>,
    /// The attempt it belongs to.
    pub attempt: u32,
    /// What went wrong, if that is what the entry tells of: it is new to the job.
    pub failure: Option<Failure>,
    /// What else there is to say, in words; nothing for most. No value of a record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A signal that something changed, so that nobody has to poll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A job changed; this is its newest audit entry.
    Job(Box<AuditEntry>),
    /// A question was asked or answered.
    Question,
    /// An account's session changed or another keeps it, or somebody wishes something of it.
    Session,
    /// Something is wanted of a server, or one has come or gone.
    Node,
    /// A webhook stands otherwise, or somebody asks that something is sent to one at once.
    Webhook,
    /// Signals may have been lost: whoever depends on them looks for himself.
    Missed,
    /// Something happened to a session.
    SessionEvent(Box<SessionEntry>),
}
