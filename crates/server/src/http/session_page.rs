//! A page of a history: `before` and `limit`, newest first.

use formhand_store::{SessionEntry, SessionHistoryFilter};

use super::{ApiState, Problem, query::Query, session_view::SessionEntryView};

const DEFAULT_LIMIT: u32 = 50;

/// As much as the store gives at once.
const MAX_LIMIT: u32 = 500;

/// More entries than that are not read at once: old ones say little of a portal as it is.
const BATCHES: u32 = 20;

/// The entries that the query asks for, and the `before` of the next page; nothing on the last one.
pub(crate) async fn read(
    state: &ApiState,
    query: &Query,
    filter: SessionHistoryFilter,
) -> Result<(Vec<SessionEntryView>, Option<u64>), Problem> {
    let limit = query.limit(DEFAULT_LIMIT, MAX_LIMIT)?;
    let before = query.seq("before")?;
    let entries = state.store.session_history(filter, before, limit).await?;
    let is_full = entries.len() == limit as usize;
    let next = entries.last().filter(|_| is_full).map(|oldest| oldest.seq);
    Ok((entries.iter().map(SessionEntryView::of).collect(), next))
}

/// All that is kept, newest first, as far as `wanted` holds; at most the newest 10,000.
pub(crate) async fn newest(
    state: &ApiState,
    filter: SessionHistoryFilter,
    wanted: impl Fn(&SessionEntry) -> bool,
) -> Result<Vec<SessionEntry>, Problem> {
    let mut found = Vec::new();
    let mut before = None;
    for _ in 0..BATCHES {
        let page = state
            .store
            .session_history(filter.clone(), before, MAX_LIMIT)
            .await?;
        let is_last = page.len() < MAX_LIMIT as usize || !page.iter().all(&wanted);
        before = page.last().map(|entry| entry.seq);
        found.extend(page.into_iter().take_while(&wanted));
        if is_last {
            break;
        }
    }
    Ok(found)
}
