//! Reading events.

use formhand_domain::account::SessionEventKind;
use futures_util::TryStreamExt;
use mongodb::bson::{Document, doc};

use super::{super::collections::Collections, event::entry};
use crate::{SessionEntry, SessionHistoryFilter, StoreError};

/// The most events in one answer.
const LONGEST: u32 = 500;

/// What happened before an entry, newest first. Of an account there are no more than are kept, so its events are looked
/// through; those of all accounts are not.
pub(in super::super) async fn history(
    store: &Collections,
    filter: &SessionHistoryFilter,
    before: Option<u64>,
    limit: u32,
) -> Result<Vec<SessionEntry>, StoreError> {
    let mut wanted = Document::new();
    if let Some(account) = &filter.account {
        wanted.insert("portal", account.portal.as_str());
        wanted.insert("account", account.account.as_str());
    }
    if !filter.events.is_empty() {
        let kinds: Vec<&str> = filter
            .events
            .iter()
            .copied()
            .map(SessionEventKind::as_str)
            .collect();
        wanted.insert("event", doc! { "$in": kinds });
    }
    if let Some(before) = before.and_then(|seq| i64::try_from(seq).ok()) {
        wanted.insert("_id", doc! { "$lt": before });
    }
    let found: Vec<Document> = store
        .session_events
        .find(wanted)
        .sort(doc! { "_id": -1 })
        .limit(i64::from(limit.clamp(1, LONGEST)))
        .await?
        .try_collect()
        .await?;
    found
        .iter()
        .map(|found| entry(&store.seal, found))
        .collect()
}
