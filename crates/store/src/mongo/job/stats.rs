//! How many jobs there are.

use std::collections::BTreeMap;

use formhand_domain::Status;
use futures_util::TryStreamExt;
use mongodb::bson::{Document, doc};

use super::super::{
    collections::Collections,
    document::{count, text},
};
use crate::{Stats, StoreError, json};

/// Jobs by status, over all portals. Counted in an index, where the jobs themselves are not read.
pub(in super::super) async fn stats(store: &Collections) -> Result<Stats, StoreError> {
    let waiting_for_retry = async {
        let waits = doc! {
            "status": Status::FailedLoginForm.as_str(),
            "due_at": { "$exists": true },
        };
        Ok(store.jobs.count_documents(waits).await?)
    };
    let (counts, waiting_for_retry) = tokio::try_join!(counts(store), waiting_for_retry)?;
    let mut by_status: BTreeMap<Status, u64> =
        Status::ALL.iter().map(|status| (*status, 0)).collect();
    by_status.extend(counts);
    Ok(Stats {
        by_status,
        waiting_for_retry,
    })
}

async fn counts(store: &Collections) -> Result<Vec<(Status, u64)>, StoreError> {
    let by_status = [
        // Without a sort or a filter on it the index is not taken.
        doc! { "$sort": { "status": 1, "_id": -1 } },
        doc! { "$group": { "_id": "$status", "jobs": { "$sum": 1_i64 } } },
    ];
    let counted: Vec<Document> = store.jobs.aggregate(by_status).await?.try_collect().await?;
    let read = |document| {
        let status = json::parse(text(document, "_id")?.parse())?;
        Ok((status, count(document, "jobs")?))
    };
    counted.iter().map(read).collect()
}
