//! Follows what happens, and counts it.
//!
//! The audit is the truth: a signal of the store only says when to look, so a signal that is lost loses no count. The first
//! look finds where the audit ends, and what came before that is not counted.

use std::{collections::HashMap, sync::Arc};

use formhand_domain::{JobId, JobState, Status};
use formhand_store::{AuditEntry, SessionEntry, SessionHistoryFilter, Store, StoreError};

use super::{
    counters::{Counters, Seen},
    labels::Of,
    newest::{newest_audit, newest_session_event},
};

/// Entries that are read at once.
const BATCH: u32 = 200;

/// As many events as the store gives at once.
const PAGE: u32 = 500;

/// Jobs that are remembered. One is looked up again when it was forgotten, which only costs the time of its attempt.
const REMEMBERED: usize = 10_000;

/// Follows what happens.
pub(super) struct Follower {
    store: Arc<dyn Store>,
    counters: Counters,
    jobs: HashMap<JobId, Seen>,
    /// The last entry of the audit that was counted; nothing before the first look.
    audit: Option<u64>,
    /// The last event of a session that was counted.
    sessions: Option<u64>,
}

impl Follower {
    pub(super) fn new(store: Arc<dyn Store>, counters: Counters) -> Self {
        Self {
            store,
            counters,
            jobs: HashMap::new(),
            audit: None,
            sessions: None,
        }
    }

    /// Counts all that has happened since the last time. May be dropped at any point: what was counted is not counted
    /// again.
    pub(super) async fn catch_up(&mut self) -> Result<(), StoreError> {
        self.count_jobs().await?;
        self.count_sessions().await
    }

    async fn count_jobs(&mut self) -> Result<(), StoreError> {
        let Some(mut seen) = self.audit else {
            self.audit = Some(newest_audit(self.store.as_ref()).await?);
            return Ok(());
        };
        loop {
            let entries = self.store.audit_after(seen, BATCH).await?;
            for entry in &entries {
                self.look_up(entry).await?;
                // From here on nothing is waited for, so that an entry is counted once.
                self.count(entry);
                seen = entry.seq;
                self.audit = Some(seen);
            }
            if entries.len() < BATCH as usize {
                return Ok(());
            }
        }
    }

    /// Makes sure that the entry's job is known.
    async fn look_up(&mut self, entry: &AuditEntry) -> Result<(), StoreError> {
        if self.jobs.contains_key(&entry.job) {
            return Ok(());
        }
        let job = self.store.job(entry.job).await?;
        let seen = job.map_or_else(
            || Seen {
                of: Of::removed(),
                created_at: None,
                claimed_at: None,
            },
            |job| Seen {
                of: Of::job(&job),
                created_at: Some(job.created_at),
                // Of an attempt that began before this server did.
                claimed_at: match job.state {
                    JobState::Processing { started_at, .. } => Some(started_at),
                    _ => None,
                },
            },
        );
        if self.jobs.len() >= REMEMBERED {
            self.jobs.clear();
        }
        self.jobs.insert(entry.job, seen);
        Ok(())
    }

    fn count(&mut self, entry: &AuditEntry) {
        let Some(job) = self.jobs.get_mut(&entry.job) else {
            return;
        };
        if entry.event == "claim" {
            job.claimed_at = Some(entry.at);
        }
        self.counters.jobs.count(entry, job);
        // What waits may wait for days; it is looked up when something happens to it.
        if entry.to != Status::Processing {
            self.jobs.remove(&entry.job);
        }
    }

    async fn count_sessions(&mut self) -> Result<(), StoreError> {
        let Some(seen) = self.sessions else {
            self.sessions = Some(newest_session_event(self.store.as_ref()).await?);
            return Ok(());
        };
        for event in self.new_events(seen).await?.iter().rev() {
            self.counters.sessions.count(event);
            self.sessions = Some(event.seq);
        }
        Ok(())
    }

    /// The events after `seen`, newest first, as the store gives them.
    async fn new_events(&self, seen: u64) -> Result<Vec<SessionEntry>, StoreError> {
        let mut events: Vec<SessionEntry> = Vec::new();
        loop {
            let before = events.last().map(|event| event.seq);
            let filter = SessionHistoryFilter::default();
            let page = self.store.session_history(filter, before, PAGE).await?;
            let is_last = page.len() < PAGE as usize;
            let new = page.into_iter().take_while(|event| event.seq > seen);
            let before = events.len();
            events.extend(new);
            if is_last || events.len() - before < PAGE as usize {
                return Ok(events);
            }
        }
    }
}
