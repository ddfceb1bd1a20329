//! Waiting for jobs and sessions, by the store's signals, and telling their stories.

use std::time::Duration;

use formhand_domain::{
    Job, JobId, Status,
    account::{SessionEvent, SessionHappening},
};
use formhand_store::{AuditEntry, Change, SavedSession, SessionEntry, SessionHistoryFilter};

use crate::World;

/// No test that works comes near; one that hangs says what it waited for.
const PATIENCE: Duration = Duration::from_mins(3);

impl World {
    /// Waits until a job has ended for good, or for a person.
    pub async fn end_of(&self, id: JobId) -> Job {
        self.when(id, "to end", finished).await
    }

    /// Waits until a job is as wanted. It looks only when the store says that something changed.
    pub async fn when(&self, id: JobId, what: &str, wanted: impl Fn(&Job) -> bool) -> Job {
        let mut last = None;
        let looking = self.on_change(async || {
            let job = self.job(id).await;
            last = Some((
                job.status(),
                job.stage(),
                job.failure().map(|failure| failure.message.clone()),
            ));
            wanted(&job).then_some(job)
        });
        let found = tokio::time::timeout(PATIENCE, looking).await;
        found.unwrap_or_else(|_| panic!("waited {PATIENCE:?} for job {id} {what}; it is {last:?}"))
    }

    /// Waits until a job's history is as wanted.
    pub async fn when_history(
        &self,
        id: JobId,
        what: &str,
        wanted: impl Fn(&[AuditEntry]) -> bool,
    ) -> Vec<AuditEntry> {
        let looking = self.on_change(async || {
            let history = self.history(id).await;
            wanted(&history).then_some(history)
        });
        let found = tokio::time::timeout(PATIENCE, looking).await;
        found.unwrap_or_else(|_| panic!("waited {PATIENCE:?} for the history of job {id} {what}"))
    }

    /// Waits until the session of an account is as wanted.
    pub async fn when_session(
        &self,
        account: &str,
        what: &str,
        wanted: impl Fn(&SavedSession) -> bool,
    ) -> SavedSession {
        let key = self.account(account);
        let looking = self.on_change(async || {
            let session = self.store.session(&key).await.expect("the store reads");
            session.filter(&wanted)
        });
        let found = tokio::time::timeout(PATIENCE, looking).await;
        found.unwrap_or_else(|_| panic!("waited {PATIENCE:?} for the session of {account} {what}"))
    }

    /// What happened to the session of an account, oldest first.
    pub async fn session_history(&self, account: &str) -> Vec<SessionEvent> {
        let filter = SessionHistoryFilter {
            account: Some(self.account(account)),
            events: Vec::new(),
        };
        let entries = self.store.session_history(filter, None, 500).await;
        let entries = entries.expect("the store reads");
        entries.into_iter().rev().map(|entry| entry.event).collect()
    }

    /// What happened to the session of an account after an entry of its history, oldest first. At most 500 entries.
    pub async fn session_entries(&self, account: &str, after: u64) -> Vec<SessionEntry> {
        let filter = SessionHistoryFilter {
            account: Some(self.account(account)),
            events: Vec::new(),
        };
        let entries = self.store.session_history(filter, None, 500).await;
        let entries = entries.expect("the store reads");
        let newer = entries.into_iter().rev();
        newer.filter(|entry| entry.seq > after).collect()
    }

    /// Waits until something happens to a session.
    pub async fn session_change(&self) {
        let mut changes = self.store.changes();
        // A signal that was missed is a signal all the same.
        let _ = tokio::time::timeout(PATIENCE, changes.recv()).await;
    }

    /// Waits until something has happened to the session of an account.
    pub async fn when_session_event(
        &self,
        account: &str,
        what: &str,
        wanted: impl Fn(&SessionHappening) -> bool,
    ) -> Vec<SessionEvent> {
        let is_there = |history: &[SessionEvent]| history.iter().any(|event| wanted(&event.what));
        self.when_session_history(account, what, is_there).await
    }

    /// Waits until the history of an account's session is as wanted.
    pub async fn when_session_history(
        &self,
        account: &str,
        what: &str,
        wanted: impl Fn(&[SessionEvent]) -> bool,
    ) -> Vec<SessionEvent> {
        let looking = self.on_change(async || {
            let history = self.session_history(account).await;
            wanted(&history).then_some(history)
        });
        let found = tokio::time::timeout(PATIENCE, looking).await;
        found.unwrap_or_else(|_| panic!("waited {PATIENCE:?} for {what} of {account}'s session"))
    }

    async fn on_change<T>(&self, mut look: impl AsyncFnMut() -> Option<T>) -> T {
        // Listen before looking: a change between the two must not be missed.
        let mut changes = self.store.changes();
        loop {
            if let Some(found) = look().await {
                return found;
            }
            // A signal that was missed is a signal all the same.
            let _ = changes.recv().await as Result<Change, _>;
        }
    }

    /// A job as it is now.
    pub async fn job(&self, id: JobId) -> Job {
        self.store
            .job(id)
            .await
            .expect("the store reads")
            .expect("the job is there")
    }

    /// A job's history.
    pub async fn history(&self, id: JobId) -> Vec<AuditEntry> {
        self.store.history(id, 1000).await.expect("the store reads")
    }

    /// The names of a job's events, but for renewals of its lease.
    pub async fn events(&self, id: JobId) -> Vec<String> {
        let history = self.history(id).await;
        history
            .into_iter()
            .map(|entry| entry.event)
            .filter(|event| event != "renew")
            .collect()
    }

    /// A job's history for a person who wonders why a test failed.
    pub async fn story(&self, id: JobId) -> String {
        let history = self.history(id).await;
        let lines = history.iter().map(|entry| {
            let why = entry.failure.as_ref().map(|failure| {
                format!(
                    ": {} at {:?}: {}",
                    failure.code, failure.step, failure.message
                )
            });
            format!("{} {}{}\n", entry.at, entry.event, why.unwrap_or_default())
        });
        lines.collect()
    }
}

/// Whether a job has ended for good, or waits for a person.
pub fn finished(job: &Job) -> bool {
    job.finished_at().is_some() || job.status() == Status::NeedsReview
}
