//! What the rules look at.

use std::collections::BTreeMap;

use formhand_domain::{
    AccountKey, JobId, NodeId, PortalName, WebhookName,
    account::{RecoveryCause, RecoveryEnd, RecoveryLevel, SessionState},
};
use jiff::Timestamp;

/// All that is known at a moment. Nothing of a record is part of it.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Where the sessions of the configured accounts stand.
    pub sessions: BTreeMap<AccountKey, SessionState>,
    /// How the last recovery ended, of accounts that have no session at present.
    pub last_recoveries: BTreeMap<AccountKey, SpentRecovery>,
    /// Recoveries that ended lately.
    pub recoveries: Vec<SpentRecovery>,
    /// Tries of recoveries lately.
    pub recovery_tries: Vec<RecoveryTry>,
    /// Jobs that ended lately, oldest first.
    pub ended_jobs: Vec<EndedJob>,
    /// Words that were not known lately, oldest first.
    pub unknown_words: Vec<UnknownPhrase>,
    /// Jobs of which nobody knows whether they were filed.
    pub unknown_outcomes: Vec<UnknownOutcome>,
    /// When the oldest job that is due became so, or the lease of a job that nobody took over ended.
    pub oldest_due_at: Option<Timestamp>,
    /// What is free on the disk of each server's data folder, of servers that are there.
    pub free_bytes: BTreeMap<NodeId, u64>,
    /// Questions that nobody has answered.
    pub questions: Vec<OpenQuestion>,
    /// Servers that did not say goodbye.
    pub servers: Vec<SeenServer>,
    /// Webhooks that are switched on in the configuration.
    pub webhooks: Vec<SeenWebhook>,
    /// The entry at which the last proof found the audit broken.
    pub audit_broken_at: Option<u64>,
}

/// A recovery that ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpentRecovery {
    /// Of whose session.
    pub account: AccountKey,
    /// When.
    pub at: Timestamp,
    /// What set it off.
    pub cause: RecoveryCause,
    /// How it ended.
    pub end: RecoveryEnd,
}

/// A try of a recovery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoveryTry {
    /// Of whose session.
    pub account: AccountKey,
    /// When it was over.
    pub at: Timestamp,
    /// At which level.
    pub level: RecoveryLevel,
    /// Whether it helped.
    pub recovered: bool,
}

/// A job that ended in a browser or before one; also one whose outcome is unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedJob {
    /// Of which portal.
    pub portal: PortalName,
    /// When.
    pub at: Timestamp,
    /// Whether it was filed and all that had to follow was done.
    pub filed: bool,
}

/// A portal said something that its definition does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownPhrase {
    /// Which portal.
    pub portal: PortalName,
    /// When.
    pub at: Timestamp,
    /// To which job.
    pub job: JobId,
}

/// A job in `needs_review`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownOutcome {
    /// Of which portal.
    pub portal: PortalName,
    /// Since when.
    pub since: Timestamp,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenQuestion {
    /// About which account.
    pub account: AccountKey,
    /// When it was asked.
    pub asked_at: Timestamp,
}

/// A server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenServer {
    /// Its name.
    pub id: NodeId,
    /// When it last said that it is there.
    pub seen_at: Timestamp,
}

/// A webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenWebhook {
    /// Its name.
    pub name: WebhookName,
    /// Since when it is switched off by its own answer.
    pub off_since: Option<Timestamp>,
    /// When the oldest message was made that it has not taken yet.
    pub oldest_pending_at: Option<Timestamp>,
    /// When a message was last given up, of those that nobody has sent once more.
    pub given_up_at: Option<Timestamp>,
}
