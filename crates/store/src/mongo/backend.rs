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
    account, audit, job, node, open::MongoStore, question, schema, session_event,
    source::MongoSources, within::within,
};
use crate::{
    ApplyError, AuditEntry, Change, ClaimRequest, Cursor, EndedJob, EndedJobs, JobFilter, JobPage,
    Keeping, LoginTicket, Node, NodeEntry, Question, SavedSession, SealedCopy, SessionEntry,
    SessionHistoryFilter, SessionReport, SessionWish, Sources, Stats, Store, StoreError, Submitted,
};

#[async_trait]
impl Store for MongoStore {
    async fn submit(&self, new: NewJob) -> Result<Submitted, StoreError> {
        within(job::submit(self, new)).await
    }

    async fn claim(&self, request: ClaimRequest) -> Result<Option<Job>, StoreError> {
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

    async fn expired(&self, now: Timestamp, limit: u32) -> Result<Vec<Job>, StoreError> {
        within(job::expired(&self.collections, now, limit)).await
    }

    async fn to_search(
        &self,
        flows: &[(PortalName, FlowName)],
        limit: u32,
    ) -> Result<Vec<Job>, StoreError> {
        within(job::to_search(&self.collections, flows, limit)).await
    }

    async fn next_due_at(&self) -> Result<Option<Timestamp>, StoreError> {
        within(job::next_due_at(&self.collections)).await
    }

    async fn next_start_at(
        &self,
        account: &AccountKey,
        pace: SignedDuration,
    ) -> Result<Option<Timestamp>, StoreError> {
        within(job::next_start_at(&self.collections, account, pace)).await
    }

    async fn job(&self, id: JobId) -> Result<Option<Job>, StoreError> {
        within(job::find(&self.collections, id)).await
    }

    async fn job_of_caller(&self, caller_id: &CallerId) -> Result<Option<Job>, StoreError> {
        within(job::of_caller(&self.collections, caller_id)).await
    }

    async fn jobs(
        &self,
        filter: JobFilter,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<JobPage, StoreError> {
        within(job::list(&self.collections, &filter, after, limit)).await
    }

    async fn stats(&self) -> Result<Stats, StoreError> {
        within(job::stats(&self.collections)).await
    }

    async fn history(&self, id: JobId, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        within(audit::history(&self.collections, id, limit)).await
    }

    async fn audit_after(&self, seq: u64, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        within(audit::after(&self.collections, seq, limit)).await
    }

    async fn ended(
        &self,
        which: EndedJobs,
        before: Timestamp,
        after: Option<EndedJob>,
        limit: u32,
    ) -> Result<Vec<EndedJob>, StoreError> {
        within(job::ended(&self.collections, which, before, after, limit)).await
    }

    async fn remove(&self, id: JobId, before: Timestamp) -> Result<bool, StoreError> {
        within(job::remove(self, id, before)).await
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
    ) -> Result<Keeping, StoreError> {
        within(account::keep(
            &self.collections,
            account,
            owner,
            now,
            expires_at,
        ))
        .await
    }

    async fn renew_account(
        &self,
        account: &AccountKey,
        keeper: FencingToken,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<bool, StoreError> {
        within(account::renew(
            &self.collections,
            account,
            keeper,
            now,
            expires_at,
        ))
        .await
    }

    async fn release_account(
        &self,
        account: &AccountKey,
        keeper: FencingToken,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        within(account::release(&self.collections, account, keeper, now)).await
    }

    async fn account_lease(&self, account: &AccountKey) -> Result<Option<Lease>, StoreError> {
        within(account::lease(&self.collections, account)).await
    }

    async fn at_work(&self, account: &AccountKey) -> Result<u32, StoreError> {
        within(job::at_work(&self.collections, account)).await
    }

    async fn begin_login(
        &self,
        account: &AccountKey,
        keeper: Option<FencingToken>,
        credentials: &str,
        budget: LoginBudget,
        now: Timestamp,
    ) -> Result<Result<LoginTicket, BudgetRefusal>, StoreError> {
        within(account::begin_login(
            &self.collections,
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
    ) -> Result<SavedSession, StoreError> {
        within(account::finish_login(
            &self.collections,
            account,
            ticket,
            result,
            now,
        ))
        .await
    }

    async fn save_session(
        &self,
        account: &AccountKey,
        keeper: Option<FencingToken>,
        state: SessionState,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        within(account::save_session(
            &self.collections,
            account,
            keeper,
            state,
            now,
        ))
        .await
    }

    async fn report_session(
        &self,
        account: &AccountKey,
        report: SessionReport,
    ) -> Result<(), StoreError> {
        within(account::report(&self.collections, account, report)).await
    }

    async fn share_copy(
        &self,
        account: &AccountKey,
        keeper: FencingToken,
        copy: SealedCopy,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        within(account::share(
            &self.collections,
            account,
            keeper,
            copy,
            now,
        ))
        .await
    }

    async fn shared_copy(&self, account: &AccountKey) -> Result<Option<SealedCopy>, StoreError> {
        within(account::shared(&self.collections, account)).await
    }

    async fn session(&self, account: &AccountKey) -> Result<Option<SavedSession>, StoreError> {
        within(account::session(&self.collections, account)).await
    }

    async fn sessions(&self) -> Result<Vec<(AccountKey, SavedSession)>, StoreError> {
        within(account::sessions(&self.collections)).await
    }

    async fn record_session(
        &self,
        account: &AccountKey,
        event: SessionEvent,
    ) -> Result<(), StoreError> {
        within(session_event::record(self, account.clone(), event)).await
    }

    async fn session_history(
        &self,
        filter: SessionHistoryFilter,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<SessionEntry>, StoreError> {
        within(session_event::history(
            &self.collections,
            &filter,
            before,
            limit,
        ))
        .await
    }

    async fn wish_session(
        &self,
        account: &AccountKey,
        wish: SessionWish,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        within(account::wish(&self.collections, account, wish, now)).await
    }

    async fn session_wish(&self, account: &AccountKey) -> Result<Option<SessionWish>, StoreError> {
        within(account::open_wish(&self.collections, account)).await
    }

    async fn take_session_wish(
        &self,
        account: &AccountKey,
    ) -> Result<Option<SessionWish>, StoreError> {
        within(account::take_wish(&self.collections, account)).await
    }

    async fn forgive_account(
        &self,
        account: &AccountKey,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        within(account::forgive(&self.collections, account, now)).await
    }

    async fn ask(&self, question: Question) -> Result<(), StoreError> {
        within(question::ask(&self.collections, &question)).await
    }

    async fn open_questions(&self, now: Timestamp) -> Result<Vec<Question>, StoreError> {
        within(question::open(&self.collections, now)).await
    }

    async fn answer(
        &self,
        id: &QuestionId,
        answer: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        within(question::answer(&self.collections, id, answer, now)).await
    }

    async fn question(&self, id: &QuestionId) -> Result<Option<Question>, StoreError> {
        within(question::find(&self.collections, id)).await
    }

    async fn close(&self) -> Result<(), StoreError> {
        self.end().await;
        Ok(())
    }

    fn schema(&self) -> u32 {
        schema::KNOWN
    }

    async fn announce_node(&self, entry: NodeEntry) -> Result<Node, StoreError> {
        within(node::announce(&self.collections, entry)).await
    }

    async fn nodes(&self) -> Result<Vec<Node>, StoreError> {
        within(node::list(&self.collections)).await
    }

    async fn drain_node(&self, id: &NodeId, drain: bool) -> Result<bool, StoreError> {
        within(node::drain(&self.collections, id, drain)).await
    }

    async fn forget_node(&self, id: &NodeId) -> Result<(), StoreError> {
        within(node::forget(&self.collections, id)).await
    }

    fn sources(self: Arc<Self>) -> Option<Arc<dyn Sources>> {
        Some(Arc::new(MongoSources::of(self)))
    }
}
