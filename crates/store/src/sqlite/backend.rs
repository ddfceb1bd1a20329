//! The contract, handed to the operations one by one.

use async_trait::async_trait;
use formhand_domain::{
    AccountKey, CallerId, FlowName, Job, JobEvent, JobId, NewJob, PortalName, QuestionId, Writer,
    account::{BudgetRefusal, LoginBudget, LoginResult, SessionEvent, SessionState},
};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::broadcast;

use super::{account, audit, job, open::SqliteStore, question, session_event};
use crate::{
    ApplyError, AuditEntry, Change, ClaimRequest, Cursor, EndedJob, EndedJobs, JobFilter, JobPage,
    LoginTicket, Question, SavedSession, SessionEntry, SessionHistoryFilter, SessionWish, Stats,
    Store, StoreError, Submitted,
};

#[async_trait]
impl Store for SqliteStore {
    async fn submit(&self, new: NewJob) -> Result<Submitted, StoreError> {
        self.writer()?
            .run(move |write| job::submit(write, new))
            .await
    }

    async fn claim(&self, request: ClaimRequest) -> Result<Option<Job>, StoreError> {
        self.writer()?
            .run(move |write| job::claim(write, &request))
            .await
    }

    async fn apply(
        &self,
        id: JobId,
        writer: Writer,
        event: JobEvent,
        now: Timestamp,
    ) -> Result<Job, ApplyError> {
        self.writer()?
            .run(move |write| job::apply(write, id, &writer, event, now))
            .await
    }

    async fn expired(&self, now: Timestamp, limit: u32) -> Result<Vec<Job>, StoreError> {
        self.readers
            .run(move |conn| job::expired(conn, now, limit))
            .await
    }

    async fn to_search(
        &self,
        flows: &[(PortalName, FlowName)],
        limit: u32,
    ) -> Result<Vec<Job>, StoreError> {
        let flows = flows.to_vec();
        self.readers
            .run(move |conn| job::to_search(conn, &flows, limit))
            .await
    }

    async fn next_due_at(&self) -> Result<Option<Timestamp>, StoreError> {
        self.readers.run(job::next_due_at).await
    }

    async fn next_start_at(
        &self,
        account: &AccountKey,
        pace: SignedDuration,
    ) -> Result<Option<Timestamp>, StoreError> {
        let account = account.clone();
        self.readers
            .run(move |conn| job::next_start_at(conn, &account, pace))
            .await
    }

    async fn job(&self, id: JobId) -> Result<Option<Job>, StoreError> {
        self.readers.run(move |conn| job::find(conn, id)).await
    }

    async fn job_of_caller(&self, caller_id: &CallerId) -> Result<Option<Job>, StoreError> {
        let caller_id = caller_id.clone();
        self.readers
            .run(move |conn| job::of_caller(conn, &caller_id))
            .await
    }

    async fn jobs(
        &self,
        filter: JobFilter,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<JobPage, StoreError> {
        self.readers
            .run(move |conn| job::list(conn, &filter, after, limit))
            .await
    }

    async fn stats(&self) -> Result<Stats, StoreError> {
        self.readers.run(job::stats).await
    }

    async fn history(&self, id: JobId, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        self.readers
            .run(move |conn| audit::history(conn, id, limit))
            .await
    }

    async fn audit_after(&self, seq: u64, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        self.readers
            .run(move |conn| audit::after(conn, seq, limit))
            .await
    }

    async fn ended(
        &self,
        which: EndedJobs,
        before: Timestamp,
        after: Option<EndedJob>,
        limit: u32,
    ) -> Result<Vec<EndedJob>, StoreError> {
        self.readers
            .run(move |conn| job::ended(conn, which, before, after, limit))
            .await
    }

    async fn remove(&self, id: JobId, before: Timestamp) -> Result<bool, StoreError> {
        self.writer()?
            .run(move |write| job::remove(write, id, before))
            .await
    }

    fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    async fn begin_login(
        &self,
        account: &AccountKey,
        credentials: &str,
        budget: LoginBudget,
        now: Timestamp,
    ) -> Result<Result<LoginTicket, BudgetRefusal>, StoreError> {
        let (account, credentials) = (account.clone(), credentials.to_owned());
        self.writer()?
            .run(move |write| account::begin_login(write, &account, &credentials, budget, now))
            .await
    }

    async fn finish_login(
        &self,
        account: &AccountKey,
        ticket: LoginTicket,
        result: LoginResult,
        now: Timestamp,
    ) -> Result<SavedSession, StoreError> {
        let account = account.clone();
        self.writer()?
            .run(move |write| account::finish_login(write, &account, ticket, result, now))
            .await
    }

    async fn save_session(
        &self,
        account: &AccountKey,
        state: SessionState,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let account = account.clone();
        self.writer()?
            .run(move |write| account::save_session(write, &account, state, now))
            .await
    }

    async fn session(&self, account: &AccountKey) -> Result<Option<SavedSession>, StoreError> {
        let account = account.clone();
        self.readers
            .run(move |conn| account::session(conn, &account))
            .await
    }

    async fn sessions(&self) -> Result<Vec<(AccountKey, SavedSession)>, StoreError> {
        self.readers.run(account::sessions).await
    }

    async fn record_session(
        &self,
        account: &AccountKey,
        event: SessionEvent,
    ) -> Result<(), StoreError> {
        let account = account.clone();
        self.writer()?
            .run(move |write| session_event::record(write, &account, event))
            .await
    }

    async fn session_history(
        &self,
        filter: SessionHistoryFilter,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<SessionEntry>, StoreError> {
        self.readers
            .run(move |conn| session_event::history(conn, &filter, before, limit))
            .await
    }

    async fn wish_session(
        &self,
        account: &AccountKey,
        wish: SessionWish,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let account = account.clone();
        self.writer()?
            .run(move |write| account::wish(write, &account, wish, now))
            .await
    }

    async fn session_wish(&self, account: &AccountKey) -> Result<Option<SessionWish>, StoreError> {
        let account = account.clone();
        self.readers
            .run(move |conn| account::open_wish(conn, &account))
            .await
    }

    async fn take_session_wish(
        &self,
        account: &AccountKey,
    ) -> Result<Option<SessionWish>, StoreError> {
        let account = account.clone();
        self.writer()?
            .run(move |write| account::take_wish(write, &account))
            .await
    }

    async fn forgive_account(
        &self,
        account: &AccountKey,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let account = account.clone();
        self.writer()?
            .run(move |write| account::forgive(write, &account, now))
            .await
    }

    async fn ask(&self, question: Question) -> Result<(), StoreError> {
        self.writer()?
            .run(move |write| question::ask(write, &question))
            .await
    }

    async fn open_questions(&self, now: Timestamp) -> Result<Vec<Question>, StoreError> {
        self.readers
            .run(move |conn| question::open(conn, now))
            .await
    }

    async fn answer(
        &self,
        id: &QuestionId,
        answer: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (id, answer) = (id.clone(), answer.to_owned());
        self.writer()?
            .run(move |write| question::answer(write, &id, &answer, now))
            .await
    }

    async fn question(&self, id: &QuestionId) -> Result<Option<Question>, StoreError> {
        let id = id.clone();
        self.readers
            .run(move |conn| question::find(conn, &id))
            .await
    }
}
