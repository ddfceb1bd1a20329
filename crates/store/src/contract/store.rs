//! The seam.

use std::sync::Arc;

use async_trait::async_trait;
use formhand_domain::{
    AccountKey, CallerId, FencingToken, FlowName, Job, JobEvent, JobId, Lease, NewJob, NodeId,
    PortalName, QuestionId, Writer,
    account::{BudgetRefusal, LoginBudget, LoginResult, SessionEvent, SessionState},
};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::broadcast;

use super::{
    ApplyError, AuditEntry, Chain, Change, ClaimRequest, Cursor, Deeds, EndedJob, EndedJobs,
    HourOutcomes, JobFilter, JobPage, Keeping, LoginTicket, Node, NodeEntry, Question,
    SavedSession, SealedCopy, SessionEntry, SessionHistoryFilter, SessionReport, SessionWish,
    Slates, Sources, Stats, StoreError, Submitted, Webhooks,
};

type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Where jobs, sessions and their history are kept.
///
/// Every operation is atomic and durable when it returns: a crash at any line of the caller or of the store leaves
/// it done or not done. Every change of a job and its audit entry are one transaction. Job state moves only by
/// [`Job::apply`]; a backend reads the job, applies the event and writes the result on the condition that the job is
/// still the one that was read.
///
/// To add a backend: implement this trait and give `tests/it/backend.rs` a factory of it, so that the conformance
/// suite runs over it.
#[async_trait]
pub trait Store: Slates + Webhooks + Chain + Deeds + Send + Sync {
    /// Takes in a record. Uniqueness of idempotency key, business key (per portal) and caller id (per portal) is
    /// decided here, by constraints and not by looking first.
    async fn submit(&self, new: NewJob) -> Result<Submitted>;

    /// Gives the oldest due job of an account with room to its caller, as one conditional write.
    async fn claim(&self, request: ClaimRequest) -> Result<Option<Job>>;

    /// Applies an event to a job and returns the job as it is then.
    async fn apply(
        &self,
        id: JobId,
        writer: Writer,
        event: JobEvent,
        now: Timestamp,
    ) -> Result<Job, ApplyError>;

    /// Jobs in progress whose lease ended before `now`, at most `limit`, oldest first.
    async fn expired(&self, now: Timestamp, limit: u32) -> Result<Vec<Job>>;

    /// Jobs of unknown outcome that the portal is to be searched for, of these flows, at most `limit`, those that are due
    /// first before the others. When each is due says [`Job::search_at`].
    async fn to_search(&self, flows: &[(PortalName, FlowName)], limit: u32) -> Result<Vec<Job>>;

    /// When something of the queue becomes due next: a waiting job, or the end of a lease. The pace of an account is
    /// not counted in.
    async fn next_due_at(&self) -> Result<Option<Timestamp>>;

    /// When the pace of an account lets its next job be claimed; nothing if none was ever claimed.
    async fn next_start_at(
        &self,
        account: &AccountKey,
        pace: SignedDuration,
    ) -> Result<Option<Timestamp>>;

    /// One job.
    async fn job(&self, id: JobId) -> Result<Option<Job>>;

    /// The job that answers for a caller's id: the one that is alive or filed if there is one, else the newest.
    async fn job_of_caller(&self, caller_id: &CallerId) -> Result<Option<Job>>;

    /// A page of jobs, newest first. `limit` is capped at 500. What is searched by words may be in the order in which it was
    /// stored, where that differs from the order of ids by moments.
    async fn jobs(&self, filter: JobFilter, after: Option<Cursor>, limit: u32) -> Result<JobPage>;

    /// How many jobs there are of each status, in all and by account. It costs the same however many there are.
    async fn stats(&self) -> Result<Stats>;

    /// How many jobs ended in each hour, from the hour of `from` to the last one that began before `until`, in the order of
    /// hour, portal and status.
    async fn outcomes(&self, from: Timestamp, until: Timestamp) -> Result<Vec<HourOutcomes>>;

    /// The newest `limit` audit entries of a job, oldest first. The limit is what keeps a long life from being read
    /// whole, so give one that a person can read.
    async fn history(&self, id: JobId, limit: u32) -> Result<Vec<AuditEntry>>;

    /// Audit entries of all jobs after `seq`, oldest first, at most `limit`.
    async fn audit_after(&self, seq: u64, limit: u32) -> Result<Vec<AuditEntry>>;

    /// Audit entries of all jobs before `seq`, or up to the last one there is, newest first, at most `limit`.
    async fn audit_before(&self, seq: Option<u64>, limit: u32) -> Result<Vec<AuditEntry>>;

    /// Jobs that ended before `before`, in the order of their ends, behind the one that was seen last, at most `limit`.
    async fn ended(
        &self,
        which: EndedJobs,
        before: Timestamp,
        after: Option<EndedJob>,
        limit: u32,
    ) -> Result<Vec<EndedJob>>;

    /// Removes a job that ended before `before` and was not filed, with all that its audit says; that, and which entries it
    /// were, is an act of the chain. False if it is no such job any more.
    async fn remove(&self, id: JobId, before: Timestamp, now: Timestamp) -> Result<bool>;

    /// Signals of changes from now on. A receiver that lags reads the audit instead; nothing depends on a signal.
    /// What another process writes may come without one: `next_due_at` and the audit tell of it.
    ///
    /// A signal may come shortly after its write has returned; that of a job's change comes after those of all that the
    /// same handle wrote before it.
    fn changes(&self) -> broadcast::Receiver<Change>;

    /// Gives the right to keep an account's session to a server, if nobody else has it. One that had it under the same
    /// name gets a new token at once: its former process is dead. An account's tokens only rise.
    ///
    /// What is written under a token that is not the newest, or that was given back, is [`StoreError::NotKeeper`]. Only
    /// the token decides: a keeper whose time is over may write as long as nobody else has taken the right.
    async fn keep_account(
        &self,
        account: &AccountKey,
        owner: &NodeId,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<Keeping>;

    /// Makes the right last longer. False if it is another's, or has ended.
    async fn renew_account(
        &self,
        account: &AccountKey,
        keeper: FencingToken,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<bool>;

    /// Gives the right back, if it is still there.
    async fn release_account(
        &self,
        account: &AccountKey,
        keeper: FencingToken,
        now: Timestamp,
    ) -> Result<()>;

    /// Who keeps the account's session, or did so last; nobody if the right was given back.
    async fn account_lease(&self, account: &AccountKey) -> Result<Option<Lease>>;

    /// How many jobs of an account are in progress, over all servers.
    async fn at_work(&self, account: &AccountKey) -> Result<u32>;

    /// Counts a login try against the account's budget and allows it, or says why not.
    ///
    /// `keeper` is the right that it is made under; nothing where every job logs in by itself.
    async fn begin_login(
        &self,
        account: &AccountKey,
        keeper: Option<FencingToken>,
        credentials: &str,
        budget: LoginBudget,
        now: Timestamp,
    ) -> Result<Result<LoginTicket, BudgetRefusal>>;

    /// Says how a login try ended. A success makes the next generation of the account's session, which is `Active`
    /// then; after anything else the session is returned as it was. Said twice, the first word stands. What a server
    /// says that no longer keeps the session is counted, and makes no generation: it is `NotKeeper`.
    async fn finish_login(
        &self,
        account: &AccountKey,
        ticket: LoginTicket,
        result: LoginResult,
        now: Timestamp,
    ) -> Result<SavedSession>;

    /// Saves where the session stands. The generation is the store's own and is kept: an `Active` of an older one is
    /// stale and changes nothing, one of a generation that was never made is an error. An `Active` that is saved was
    /// looked at, so it clears what was reported.
    async fn save_session(
        &self,
        account: &AccountKey,
        keeper: Option<FencingToken>,
        state: SessionState,
        now: Timestamp,
    ) -> Result<()>;

    /// Tells the keeper of a session what a job found out. Only the newest generation of each kind is kept; one that was
    /// never made is ignored.
    async fn report_session(&self, account: &AccountKey, report: SessionReport) -> Result<()>;

    /// Shares what clones of the present generation are made of. It takes the place of the one before. A copy of an older
    /// generation changes nothing, one of a generation that was never made is an error.
    async fn share_copy(
        &self,
        account: &AccountKey,
        keeper: FencingToken,
        copy: SealedCopy,
        now: Timestamp,
    ) -> Result<()>;

    /// What was shared of the account's session, of whatever generation.
    async fn shared_copy(&self, account: &AccountKey) -> Result<Option<SealedCopy>>;

    /// The session of one account; nothing before its first login.
    async fn session(&self, account: &AccountKey) -> Result<Option<SavedSession>>;

    /// The sessions of all accounts that have one, in the order of their names.
    async fn sessions(&self) -> Result<Vec<(AccountKey, SavedSession)>>;

    /// Keeps what happened to an account's session. Of each account the newest 10,000 events are kept.
    async fn record_session(&self, account: &AccountKey, event: SessionEvent) -> Result<()>;

    /// What happened to sessions before the entry `before`, newest first. `limit` is capped at 500.
    async fn session_history(
        &self,
        filter: SessionHistoryFilter,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<SessionEntry>>;

    /// Notes what a person wants of an account's session. It takes the place of an earlier wish that nobody took.
    async fn wish_session(
        &self,
        account: &AccountKey,
        wish: SessionWish,
        now: Timestamp,
    ) -> Result<()>;

    /// The wish that nobody has taken yet.
    async fn session_wish(&self, account: &AccountKey) -> Result<Option<SessionWish>>;

    /// Takes the wish of an account, so that one keeper of its session fulfils it and nobody does it twice. A keeper
    /// that dies after this has not done it; the session's state shows that.
    async fn take_session_wish(&self, account: &AccountKey) -> Result<Option<SessionWish>>;

    /// Forgets refusals of the account's credentials, because a person says that they are right now. A session that
    /// is `NeedsHuman` is `Cold` then. The tries still count against the budget, as the portal counted them too.
    async fn forgive_account(&self, account: &AccountKey, now: Timestamp) -> Result<()>;

    /// Asks a person. That an equal question is open does not matter: whoever asks sees to it that one answer serves
    /// the account.
    async fn ask(&self, question: Question) -> Result<()>;

    /// Questions that have no answer and are not too old.
    async fn open_questions(&self, now: Timestamp) -> Result<Vec<Question>>;

    /// Answers a question. False if there is no such open question.
    async fn answer(&self, id: &QuestionId, answer: &str, now: Timestamp) -> Result<bool>;

    /// One question.
    async fn question(&self, id: &QuestionId) -> Result<Option<Question>>;

    /// Ends what runs beside, and finishes what was handed over. What was acknowledged is durable already. Operations
    /// that come after it are refused.
    async fn close(&self) -> Result<()>;

    /// The newest schema of the store that this program knows.
    fn schema(&self) -> u32;

    /// Says that a server is there. It is told what is wanted of it.
    async fn announce_node(&self, entry: NodeEntry) -> Result<Node>;

    /// The servers that have said that they are there, in the order of their names. Those that were not seen for a week
    /// are forgotten.
    async fn nodes(&self) -> Result<Vec<Node>>;

    /// Asks a server to take no more work, or takes that back. False if it is not known.
    async fn drain_node(&self, id: &NodeId, drain: bool) -> Result<bool>;

    /// Removes a server that has ended from the list.
    async fn forget_node(&self, id: &NodeId) -> Result<()>;

    /// What it keeps of collections that records are taken from; nothing if it cannot.
    fn sources(self: Arc<Self>) -> Option<Arc<dyn Sources>> {
        None
    }
}
