//! Why something cannot be done with a source.

use formhand_domain::{FencingToken, SourceName};
use jiff::Timestamp;
use mongodb::bson::doc;

use super::{
    super::collections::Collections,
    keep::{check, kept},
};
use crate::{SourceError, SourceTask, StoreError, time};

/// Says why, or that it can be done.
pub(super) async fn set(
    store: &Collections,
    source: &SourceName,
    keeper: FencingToken,
    task: SourceTask,
    trouble: Option<&str>,
    now: Timestamp,
) -> Result<(), SourceError> {
    let field = field(task);
    let update = match trouble {
        // In one write, so that the time of the first word stays.
        Some(text) => vec![doc! { "$set": { field: {
            "since": { "$ifNull": [format!("${field}.since"), time::present(now)] },
            "text": { "$literal": text },
        } } }],
        None => vec![doc! { "$unset": field }],
    };
    let done = store
        .sources
        .update_one(kept(source, keeper)?, update)
        .await;
    check(source, done.map_err(StoreError::from)?.matched_count)
}

/// Where it is kept.
pub(super) fn field(task: SourceTask) -> &'static str {
    match task {
        SourceTask::Watching => "trouble",
        SourceTask::Telling => "telling_trouble",
    }
}
