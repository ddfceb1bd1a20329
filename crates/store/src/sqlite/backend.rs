//! The contract, handed to the operations one by one.

use formhand_domain::{
    AccountKey, CallerId, FencingToken, FlowName, Job, JobEvent, JobId, Lease, NewJob, NodeId,
    PortalName, QuestionId, Writer,
    account::{BudgetRefusal, LoginBudget, LoginResult, SessionEvent, SessionState},
};
use jiff::{SignedDuration, Timestamp};

use super::{account, audit, job, migrate, node, open::SqliteStore, question, session_event};
use crate::{
    ApplyError, AuditEntry, Change, ClaimRequest, Cursor, EndedJob, EndedJobs, HourOutcomes,
    JobFilter, JobPage, Keeping, LoginTicket, Node, NodeEntry, Question, SavedSession, SealedCopy,
    SessionEntry, SessionHistoryFilter, SessionReport, SessionWish, Stats, Store, StoreError,
    Submitted,
};

type Result<T, E = StoreError> = std::result::Result<T, E>;

#[async_trait::async_trait]
impl Store for SqliteStore {
    async fn submit(&self, new: NewJob) -> Result<Submitted> {
        self.write(|write| job::submit(write, new)).await
    }

    async fn claim(&self, request: ClaimRequest) -> Result<Option<Job>> {
        self.write(move |write| job::claim(write, &request)).await
    }

    async fn apply(
        &self,
        id: JobId,
        writer: Writer,
        event: JobEvent,
        now: Timestamp,
    ) -> Result<Job, ApplyError> {
        self.write(move |write| job::apply(write, id, &writer, event, now))
            .await
    }

    async fn expired(&self, now: Timestamp, limit: u32) -> Result<Vec<Job>> {
        self.read(move |db| job::expired(db, now, limit)).await
    }

    async fn to_search(&self, flows: &[(PortalName, FlowName)], limit: u32) -> Result<Vec<Job>> {
        let flows = flows.to_vec();
        self.read(move |db| job::to_search(db, &flows, limit)).await
    }

    async fn next_due_at(&self) -> Result<Option<Timestamp>> {
        self.read(job::next_due_at).await
    }

    async fn next_start_at(
        &self,
        of: &AccountKey,
        pace: SignedDuration,
    ) -> Result<Option<Timestamp>> {
        self.read_of(of, move |db, of| job::next_start_at(db, of, pace))
            .await
    }

    async fn job(&self, id: JobId) -> Result<Option<Job>> {
        self.read(move |db| job::find(db, id)).await
    }

    async fn job_of_caller(&self, caller_id: &CallerId) -> Result<Option<Job>> {
        self.read_of(caller_id, job::of_caller).await
    }

    async fn jobs(&self, of: JobFilter, after: Option<Cursor>, limit: u32) -> Result<JobPage> {
        self.read(move |db| job::list(db, &of, after, limit)).await
    }

    async fn stats(&self) -> Result<Stats> {
        self.read(job::stats).await
    }

    async fn outcomes(&self, from: Timestamp, until: Timestamp) -> Result<Vec<HourOutcomes>> {
        self.read(move |db| job::outcomes(db, from, until)).await
    }

    async fn history(&self, id: JobId, limit: u32) -> Result<Vec<AuditEntry>> {
        self.read(move |db| audit::history(db, id, limit)).await
    }

    async fn audit_after(&self, seq: u64, limit: u32) -> Result<Vec<AuditEntry>> {
        self.read(move |db| audit::after(db, seq, limit)).await
    }

    async fn audit_before(&self, seq: Option<u64>, limit: u32) -> Result<Vec<AuditEntry>> {
        self.read(move |db| audit::before(db, seq, limit)).await
    }

    async fn ended(
        &self,
        which: EndedJobs,
        before: Timestamp,
        after: Option<EndedJob>,
        limit: u32,
    ) -> Result<Vec<EndedJob>> {
        self.read(move |db| job::ended(db, which, before, after, limit))
            .await
    }

    async fn remove(&self, id: JobId, until: Timestamp, now: Timestamp) -> Result<bool> {
        self.write(move |to| job::remove(to, id, until, now)).await
    }

    fn changes(&self) -> tokio::sync::broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    async fn keep_account(
        &self,
        of: &AccountKey,
        owner: &NodeId,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<Keeping> {
        let owner = owner.clone();
        self.write_of(of, move |write, of| {
            account::keep(write, of, &owner, now, expires_at)
        })
        .await
    }

    async fn renew_account(
        &self,
        of: &AccountKey,
        keeper: FencingToken,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<bool> {
        self.write_of(of, move |write, of| {
            account::renew(write, of, keeper, now, expires_at)
        })
        .await
    }

    async fn release_account(&self, of: &AccountKey, by: FencingToken, _: Timestamp) -> Result<()> {
        self.write_of(of, move |write, of| account::release(write, of, by))
            .await
    }

    async fn account_lease(&self, of: &AccountKey) -> Result<Option<Lease>> {
        self.read_of(of, account::lease).await
    }

    async fn at_work(&self, of: &AccountKey) -> Result<u32> {
        self.read_of(of, job::at_work).await
    }

    async fn begin_login(
        &self,
        of: &AccountKey,
        keeper: Option<FencingToken>,
        credentials: &str,
        budget: LoginBudget,
        now: Timestamp,
    ) -> Result<Result<LoginTicket, BudgetRefusal>> {
        let credentials = credentials.to_owned();
        self.write_of(of, move |write, of| {
            account::begin_login(write, of, keeper, &credentials, budget, now)
        })
        .await
    }

    async fn finish_login(
        &self,
        of: &AccountKey,
        ticket: LoginTicket,
        result: LoginResult,
        now: Timestamp,
    ) -> Result<SavedSession> {
        self.write_of(of, move |write, of| {
            account::finish_login(write, of, ticket, result, now)
        })
        .await?
    }

    async fn save_session(
        &self,
        of: &AccountKey,
        keeper: Option<FencingToken>,
        state: SessionState,
        now: Timestamp,
    ) -> Result<()> {
        self.write_of(of, move |write, of| {
            account::save_session(write, of, keeper, state, now)
        })
        .await
    }

    async fn report_session(&self, of: &AccountKey, report: SessionReport) -> Result<()> {
        self.write_of(of, move |write, of| account::report(write, of, report))
            .await
    }

    async fn share_copy(
        &self,
        of: &AccountKey,
        keeper: FencingToken,
        copy: SealedCopy,
        now: Timestamp,
    ) -> Result<()> {
        self.write_of(of, move |write, of| {
            account::share(write, of, keeper, &copy, now)
        })
        .await
    }

    async fn shared_copy(&self, of: &AccountKey) -> Result<Option<SealedCopy>> {
        self.read_of(of, account::shared).await
    }

    async fn session(&self, of: &AccountKey) -> Result<Option<SavedSession>> {
        self.read_of(of, account::session).await
    }

    async fn sessions(&self) -> Result<Vec<(AccountKey, SavedSession)>> {
        self.read(account::sessions).await
    }

    async fn record_session(&self, of: &AccountKey, event: SessionEvent) -> Result<()> {
        self.write_of(of, |write, of| session_event::record(write, of, event))
            .await
    }

    async fn session_history(
        &self,
        filter: SessionHistoryFilter,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<SessionEntry>> {
        self.read(move |db| session_event::history(db, &filter, before, limit))
            .await
    }

    async fn wish_session(&self, of: &AccountKey, wish: SessionWish, now: Timestamp) -> Result<()> {
        self.write_of(of, move |write, of| account::wish(write, of, wish, now))
            .await
    }

    async fn session_wish(&self, of: &AccountKey) -> Result<Option<SessionWish>> {
        self.read_of(of, account::open_wish).await
    }

    async fn take_session_wish(&self, of: &AccountKey) -> Result<Option<SessionWish>> {
        self.write_of(of, account::take_wish).await
    }

    async fn forgive_account(&self, of: &AccountKey, now: Timestamp) -> Result<()> {
        self.write_of(of, move |write, of| account::forgive(write, of, now))
            .await
    }

    async fn ask(&self, asked: Question) -> Result<()> {
        self.write(move |write| question::ask(write, &asked)).await
    }

    async fn open_questions(&self, now: Timestamp) -> Result<Vec<Question>> {
        self.read(move |db| question::open(db, now)).await
    }

    async fn answer(&self, id: &QuestionId, answer: &str, now: Timestamp) -> Result<bool> {
        let (id, answer) = (id.clone(), answer.to_owned());
        self.write(move |write| question::answer(write, &id, &answer, now))
            .await
    }

    async fn question(&self, id: &QuestionId) -> Result<Option<Question>> {
        self.read_of(id, question::find).await
    }

    async fn close(&self) -> Result<()> {
        Self::close(self).await
    }

    fn schema(&self) -> u32 {
        migrate::known()
    }

    async fn announce_node(&self, entry: NodeEntry) -> Result<Node> {
        self.write(|write| node::announce(write, entry)).await
    }

    async fn nodes(&self) -> Result<Vec<Node>> {
        self.read(node::list).await
    }

    async fn drain_node(&self, id: &NodeId, drain: bool) -> Result<bool> {
        self.write_of(id, move |write, id| node::drain(write, id, drain))
            .await
    }

    async fn forget_node(&self, id: &NodeId) -> Result<()> {
        self.write_of(id, node::forget).await
    }
}
