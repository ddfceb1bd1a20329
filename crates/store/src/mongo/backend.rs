//! The contract, handed to the operations one by one, each with its limit of time.

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
    account, audit, counts, job, node, open::MongoStore, question, schema, session_event,
    source::MongoSources, within::within,
};
use crate::{
    ApplyError, AuditEntry, Change, ClaimRequest, Cursor, EndedJob, EndedJobs, HourOutcomes,
    JobFilter, JobPage, Keeping, LoginTicket, Node, NodeEntry, Question, SavedSession, SealedCopy,
    SessionEntry, SessionHistoryFilter, SessionReport, SessionWish, Sources, Stats, Store,
    StoreError, Submitted,
};

/// Most operations fail as the store does.
type Result<T, E = StoreError> = std::result::Result<T, E>;

#[async_trait]
impl Store for MongoStore {
    async fn submit(&self, new: NewJob) -> Result<Submitted> {
        within(job::submit(self, new)).await
    }

    async fn claim(&self, request: ClaimRequest) -> Result<Option<Job>> {
        within(job::claim(self, &request)).await
    }

    async fn apply(
        &self,
        id: JobId,
        writer: Writer,
        event: JobEvent,
        now: Timestamp,
    ) -> Result<Job, ApplyError> {
        within(job::apply(self, id, writer, event, now)).await
    }

    async fn expired(&self, now: Timestamp, limit: u32) -> Result<Vec<Job>> {
        within(job::expired(&self.db, now, limit)).await
    }

    async fn to_search(&self, flows: &[(PortalName, FlowName)], limit: u32) -> Result<Vec<Job>> {
        within(job::to_search(&self.db, flows, limit)).await
    }

    async fn next_due_at(&self) -> Result<Option<Timestamp>> {
        within(job::next_due_at(&self.db)).await
    }

    async fn next_start_at(
        &self,
        account: &AccountKey,
        pace: SignedDuration,
    ) -> Result<Option<Timestamp>> {
        within(job::next_start_at(&self.db, account, pace)).await
    }

    async fn job(&self, id: JobId) -> Result<Option<Job>> {
        within(job::find(&self.db, id)).await
    }

    async fn job_of_caller(&self, caller_id: &CallerId) -> Result<Option<Job>> {
        within(job::of_caller(&self.db, caller_id)).await
    }

    async fn jobs(&self, filter: JobFilter, after: Option<Cursor>, limit: u32) -> Result<JobPage> {
        within(job::list(&self.db, &filter, after, limit)).await
    }

    async fn stats(&self) -> Result<Stats> {
        within(job::stats(&self.db)).await
    }

    async fn outcomes(&self, from: Timestamp, until: Timestamp) -> Result<Vec<HourOutcomes>> {
        within(counts::outcomes(&self.db, from, until)).await
    }

    async fn history(&self, id: JobId, limit: u32) -> Result<Vec<AuditEntry>> {
        within(audit::history(&self.db, id, limit)).await
    }

    async fn audit_after(&self, seq: u64, limit: u32) -> Result<Vec<AuditEntry>> {
        within(audit::after(&self.db, seq, limit)).await
    }

    async fn audit_before(&self, seq: Option<u64>, limit: u32) -> Result<Vec<AuditEntry>> {
        within(audit::before(&self.db, seq, limit)).await
    }

    async fn ended(
        &self,
        which: EndedJobs,
        before: Timestamp,
        after: Option<EndedJob>,
        limit: u32,
    ) -> Result<Vec<EndedJob>> {
        within(job::ended(&self.db, which, before, after, limit)).await
    }

    async fn remove(&self, id: JobId, before: Timestamp, now: Timestamp) -> Result<bool> {
        within(job::remove(self, id, before, now)).await
    }

    fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    async fn keep_account(
        &self,
        account: &AccountKey,
        owner: &NodeId,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<Keeping> {
        within(account::keep(&self.db, account, owner, now, expires_at)).await
    }

    async fn renew_account(
        &self,
        account: &AccountKey,
        keeper: FencingToken,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<bool> {
        within(account::renew(&self.db, account, keeper, now, expires_at)).await
    }

    async fn release_account(
        &self,
        account: &AccountKey,
        keeper: FencingToken,
        now: Timestamp,
    ) -> Result<()> {
        within(account::release(&self.db, account, keeper, now)).await
    }

    async fn account_lease(&self, account: &AccountKey) -> Result<Option<Lease>> {
        within(account::lease(&self.db, account)).await
    }

    async fn at_work(&self, account: &AccountKey) -> Result<u32> {
        within(job::at_work(&self.db, account)).await
    }

    async fn begin_login(
        &self,
        account: &AccountKey,
        keeper: Option<FencingToken>,
        credentials: &str,
        budget: LoginBudget,
        now: Timestamp,
    ) -> Result<Result<LoginTicket, BudgetRefusal>> {
        within(account::begin_login(
            &self.db,
            account,
            keeper,
            credentials,
            budget,
            now,
        ))
        .await
    }

    async fn finish_login(
        &self,
        account: &AccountKey,
        ticket: LoginTicket,
        result: LoginResult,
        now: Timestamp,
    ) -> Result<SavedSession> {
        let db = &self.db;
        within(account::finish_login(db, account, ticket, result, now)).await
    }

    async fn save_session(
        &self,
        account: &AccountKey,
        keeper: Option<FencingToken>,
        state: SessionState,
        now: Timestamp,
    ) -> Result<()> {
        let db = &self.db;
        within(account::save_session(db, account, keeper, state, now)).await
    }

    async fn report_session(&self, account: &AccountKey, report: SessionReport) -> Result<()> {
        within(account::report(&self.db, account, report)).await
    }

    async fn share_copy(
        &self,
        account: &AccountKey,
        keeper: FencingToken,
        copy: SealedCopy,
        now: Timestamp,
    ) -> Result<()> {
        within(account::share(&self.db, account, keeper, copy, now)).await
    }

    async fn shared_copy(&self, account: &AccountKey) -> Result<Option<SealedCopy>> {
        within(account::shared(&self.db, account)).await
    }

    async fn session(&self, account: &AccountKey) -> Result<Option<SavedSession>> {
        within(account::session(&self.db, account)).await
    }

    async fn sessions(&self) -> Result<Vec<(AccountKey, SavedSession)>> {
        within(account::sessions(&self.db)).await
    }

    async fn record_session(&self, account: &AccountKey, event: SessionEvent) -> Result<()> {
        within(session_event::record(self, account.clone(), event)).await
    }

    async fn session_history(
        &self,
        filter: SessionHistoryFilter,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<SessionEntry>> {
        within(session_event::history(&self.db, &filter, before, limit)).await
    }

    async fn wish_session(
        &self,
        account: &AccountKey,
        wish: SessionWish,
        now: Timestamp,
    ) -> Result<()> {
        within(account::wish(&self.db, account, wish, now)).await
    }

    async fn session_wish(&self, account: &AccountKey) -> Result<Option<SessionWish>> {
        within(account::open_wish(&self.db, account)).await
    }

    async fn take_session_wish(&self, account: &AccountKey) -> Result<Option<SessionWish>> {
        within(account::take_wish(&self.db, account)).await
    }

    async fn forgive_account(&self, account: &AccountKey, now: Timestamp) -> Result<()> {
        within(account::forgive(&self.db, account, now)).await
    }

    async fn ask(&self, question: Question) -> Result<()> {
        within(question::ask(&self.db, &question)).await
    }

    async fn open_questions(&self, now: Timestamp) -> Result<Vec<Question>> {
        within(question::open(&self.db, now)).await
    }

    async fn answer(&self, id: &QuestionId, answer: &str, now: Timestamp) -> Result<bool> {
        within(question::answer(&self.db, id, answer, now)).await
    }

    async fn question(&self, id: &QuestionId) -> Result<Option<Question>> {
        within(question::find(&self.db, id)).await
    }

    async fn close(&self) -> Result<()> {
        self.end().await;
        Ok(())
    }

    fn schema(&self) -> u32 {
        schema::KNOWN
    }

    async fn announce_node(&self, entry: NodeEntry) -> Result<Node> {
        within(node::announce(&self.db, entry)).await
    }

    async fn nodes(&self) -> Result<Vec<Node>> {
        within(node::list(&self.db)).await
    }

    async fn drain_node(&self, id: &NodeId, drain: bool) -> Result<bool> {
        within(node::drain(&self.db, id, drain)).await
    }

    async fn forget_node(&self, id: &NodeId) -> Result<()> {
        within(node::forget(&self.db, id)).await
    }

    fn sources(self: Arc<Self>) -> Option<Arc<dyn Sources>> {
        Some(Arc::new(MongoSources::of(self)))
    }
}
