//! Where the histories of a store end.

use formhand_store::{SessionHistoryFilter, Store, StoreError};

/// The number of the newest entry of the audit; zero if there is none.
pub(super) async fn newest_audit(store: &dyn Store) -> Result<u64, StoreError> {
    let newest = store.audit_before(None, 1).await?;
    Ok(newest.first().map_or(0, |entry| entry.seq))
}

/// The number of the newest event of a session; zero if there is none.
pub(super) async fn newest_session_event(store: &dyn Store) -> Result<u64, StoreError> {
    let newest = store
        .session_history(SessionHistoryFilter::default(), None, 1)
        .await?;
    Ok(newest.first().map_or(0, |entry| entry.seq))
}
