//! What the store says of a storm, read when no server works in it any more.

use std::sync::Arc;

use formhand_store::{AuditEntry, SessionEntry, SessionHistoryFilter, Store, StoreError};

use super::base::Base;
use crate::cli::{CliError, Exit};

/// How much is read in one go.
const BATCH: u32 = 500;

/// What happened to jobs and to sessions, oldest first.
pub(super) struct Audit {
    pub(super) jobs: Vec<AuditEntry>,
    pub(super) sessions: Vec<SessionEntry>,
}

/// Reads all of it.
pub(super) async fn read(base: &Base) -> Result<Audit, CliError> {
    let read: Result<_, StoreError> = async {
        let store = base.open().await?;
        let jobs = jobs(&store).await?;
        let sessions = sessions(&store).await?;
        store.close().await?;
        Ok(Audit { jobs, sessions })
    }
    .await;
    read.map_err(|error| CliError::new(Exit::Internal, error))
}

async fn jobs(store: &Arc<dyn Store>) -> Result<Vec<AuditEntry>, StoreError> {
    let mut all: Vec<AuditEntry> = Vec::new();
    loop {
        let after = all.last().map_or(0, |entry| entry.seq);
        let entries = store.audit_after(after, BATCH).await?;
        if entries.is_empty() {
            return Ok(all);
        }
        all.extend(entries);
    }
}

async fn sessions(store: &Arc<dyn Store>) -> Result<Vec<SessionEntry>, StoreError> {
    let mut all: Vec<SessionEntry> = Vec::new();
    loop {
        let before = all.last().map(|entry| entry.seq);
        let filter = SessionHistoryFilter::default();
        let entries = store.session_history(filter, before, BATCH).await?;
        if entries.is_empty() {
            all.reverse();
            return Ok(all);
        }
        all.extend(entries);
    }
}
