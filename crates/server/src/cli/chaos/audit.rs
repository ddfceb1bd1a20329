//! What the store says of a storm, read when no server works in it any more.

use std::path::Path;

use formhand_store::{AuditEntry, SqliteStore, Store as _, StoreError};

use crate::cli::{CliError, Exit};

/// How much is read in one go.
const BATCH: u32 = 1_000;

/// The whole audit, oldest entry first.
pub(super) async fn read(database: &Path) -> Result<Vec<AuditEntry>, CliError> {
    let read: Result<_, StoreError> = async {
        let store = SqliteStore::open(database)?;
        let mut all: Vec<AuditEntry> = Vec::new();
        loop {
            let after = all.last().map_or(0, |entry| entry.seq);
            let entries = store.audit_after(after, BATCH).await?;
            if entries.is_empty() {
                break;
            }
            all.extend(entries);
        }
        store.close().await?;
        Ok(all)
    }
    .await;
    read.map_err(|error| CliError::new(Exit::Internal, error))
}
