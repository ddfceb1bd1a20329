//! A filter as a query.

use formhand_domain::{AccountName, BusinessKey, CallerId, FlowName, PortalName, Status};
use mongodb::bson::{Bson, Document, doc};

use crate::{Cursor, JobFilter};

/// All that a filter says but for its words. `is_by_status` puts the statuses in also where any will do, for then an index
/// has its jobs in order.
pub(super) fn but_words(filter: &JobFilter, is_by_status: bool) -> Document {
    let mut wanted = Document::new();
    let fields = [
        ("portal", filter.portal.as_ref().map(PortalName::as_str)),
        ("account", filter.account.as_ref().map(AccountName::as_str)),
        ("flow", filter.flow.as_ref().map(FlowName::as_str)),
        ("caller_id", filter.caller_id.as_ref().map(CallerId::as_str)),
        (
            "business_key",
            filter.business_key.as_ref().map(BusinessKey::as_str),
        ),
    ];
    for (field, value) in fields {
        if let Some(value) = value {
            wanted.insert(field, value);
        }
    }
    if is_by_status || !filter.statuses.is_empty() {
        let statuses = filter.statuses();
        let names: Vec<&str> = statuses.iter().copied().map(Status::as_str).collect();
        wanted.insert("status", doc! { "$in": names });
    }
    wanted
}

/// The ids that a filter allows behind a place in the list; nothing if it allows all.
pub(super) fn ids(filter: &JobFilter, after: Option<Cursor>) -> Option<Document> {
    let (from, until) = filter.ids();
    let before = match (until, after.map(|Cursor(id)| id)) {
        (Some(until), Some(after)) => Some(until.min(after)),
        (until, after) => until.or(after),
    };
    let mut ids = Document::new();
    if let Some(from) = from {
        ids.insert("$gte", from.to_string());
    }
    if let Some(before) = before {
        ids.insert("$lt", before.to_string());
    }
    (!ids.is_empty()).then_some(ids)
}

/// That a job has a word that begins so, read from the index of words.
pub(super) fn word(beginning: &str) -> Document {
    doc! { "words": begins(beginning) }
}

/// The same, in words that no index is taken for.
pub(super) fn word_unindexed(beginning: &str) -> Document {
    doc! { "$nor": [{ "words": { "$not": begins(beginning) } }] }
}

/// It holds letters, digits and marks only, so nothing in it has a meaning of its own.
fn begins(beginning: &str) -> Bson {
    doc! { "$regex": format!("^{beginning}") }.into()
}
