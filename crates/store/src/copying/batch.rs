//! What is handed over from one database to the other: neither rows nor documents, but what both are written from.
//!
//! Times that no type of the contract holds are as both databases store them, in microseconds since 1970.

use formhand_domain::{AccountKey, IdempotencyKey, Job};

use crate::{
    Act, AuditEntry, Bond, Delivery, HourOutcomes, Question, Salt, SavedSession, SessionEntry,
    Slate, Webhook,
};

/// Some of one kind.
pub(crate) enum Batch {
    Jobs(Vec<CopiedJob>),
    Audit(Vec<CopiedEntry>),
    Acts(Vec<CopiedAct>),
    /// Links of entries whose jobs were removed.
    Removed(Vec<CopiedLink>),
    Accounts(Vec<CopiedAccount>),
    Starts(Vec<CopiedStart>),
    SessionEvents(Vec<CopiedEvent>),
    Questions(Vec<Question>),
    Slates(Vec<CopiedSlate>),
    Webhooks(Vec<Webhook>),
    Deliveries(Vec<Delivery>),
    /// All of them at once: there are few.
    Outcomes(Vec<HourOutcomes>),
}

/// A job.
pub(crate) struct CopiedJob {
    pub(crate) job: Job,
    pub(crate) idempotency_key: Option<IdempotencyKey>,
    /// How many entries of the audit it has.
    pub(crate) entries: u64,
}

/// An entry of the audit, with its number.
pub(crate) struct CopiedEntry {
    pub(crate) entry: AuditEntry,
    /// Which of its job's it is, from 1.
    pub(crate) place: u64,
    pub(crate) salt: Salt,
    pub(crate) bond: Bond,
}

/// An act of the audit, with its number.
pub(crate) struct CopiedAct {
    pub(crate) seq: u64,
    pub(crate) act: Act,
    pub(crate) salt: Salt,
    pub(crate) bond: Bond,
}

/// What is left of an entry.
pub(crate) struct CopiedLink {
    pub(crate) seq: u64,
    pub(crate) bond: Bond,
}

/// A slate, with its name.
pub(crate) struct CopiedSlate {
    pub(crate) name: String,
    pub(crate) slate: Slate,
}

/// What belongs to an account. The right to keep its session is not among it, only the last token: those that follow are
/// higher.
pub(crate) struct CopiedAccount {
    pub(crate) account: AccountKey,
    pub(crate) session: Option<SavedSession>,
    pub(crate) logins: Vec<CopiedLogin>,
    pub(crate) wish: Option<CopiedWish>,
    pub(crate) keeper_token: Option<i64>,
}

/// A login try.
pub(crate) struct CopiedLogin {
    pub(crate) ticket: i64,
    pub(crate) at: i64,
    pub(crate) credentials: String,
    pub(crate) result: Option<String>,
    pub(crate) finished_at: Option<i64>,
    pub(crate) forgiven_at: Option<i64>,
    pub(crate) keeper_token: Option<i64>,
}

/// A wish that nobody has taken.
pub(crate) struct CopiedWish {
    pub(crate) wish: String,
    pub(crate) wished_at: i64,
}

/// When the newest job of an account was claimed.
pub(crate) struct CopiedStart {
    pub(crate) account: AccountKey,
    pub(crate) started_at: i64,
}

/// What happened to a session, with its number among those of the account.
pub(crate) struct CopiedEvent {
    pub(crate) entry: SessionEntry,
    pub(crate) number: i64,
}
