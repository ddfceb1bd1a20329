//! Where the histories of a store end.

use formhand_store::{SessionHistoryFilter, Store, StoreError};

/// The number of the newest entry of the audit; zero if there is none.
///
/// The store says only what comes behind a number, so the end is sought: twice as far until nothing is behind, then by
/// halves. That is some forty quick reads for a million entries, once at a start.
pub(super) async fn newest_audit(store: &dyn Store) -> Result<u64, StoreError> {
    let (mut low, mut high) = (0, 1);
    while let Some(seq) = next(store, high).await? {
        low = seq;
        high = seq.saturating_mul(2);
    }
    // Nothing is behind `high`, and there is an entry `low` if it is not zero.
    while low < high {
        let middle = low + (high - low) / 2;
        match next(store, middle).await? {
            Some(seq) => low = seq,
            None => high = middle,
        }
    }
    Ok(low)
}

async fn next(store: &dyn Store, seq: u64) -> Result<Option<u64>, StoreError> {
    let entries = store.audit_after(seq, 1).await?;
    Ok(entries.first().map(|entry| entry.seq))
}

/// The number of the newest event of a session; zero if there is none.
pub(super) async fn newest_session_event(store: &dyn Store) -> Result<u64, StoreError> {
    let newest = store
        .session_history(SessionHistoryFilter::default(), None, 1)
        .await?;
    Ok(newest.first().map_or(0, |entry| entry.seq))
}
