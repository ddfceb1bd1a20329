//! Putting what has happened into the counts.

use std::time::Duration;

use formhand_domain::JobId;
use mongodb::{bson::doc, options::ReadConcern};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use super::{
    super::{
        collections::Collections,
        document::number,
        within::{until_settled, within},
    },
    kept::{ID, Kept, kept},
    news::news,
    outcomes,
};
use crate::StoreError;

/// How often. In between, who asks reads a few hundred entries beside.
const EVERY: Duration = Duration::from_millis(500);

/// The task that does it. It ends when it is cancelled.
pub(in super::super) async fn start(store: Collections, closing: CancellationToken) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = closing.cancelled() => return,
            _ = tick.tick() => {}
        }
        if let Err(error) = within(fold_all(&store)).await {
            tracing::warn!(%error, "the counts of the jobs are behind; who asks counts more beside");
        }
    }
}

/// Folds what there is. What another folds meanwhile is left to it.
async fn fold_all(store: &Collections) -> Result<(), StoreError> {
    while fold(store).await? == Some(true) {}
    Ok(())
}

/// Folds all that a job's audit says, so that the job can be removed with it.
pub(in super::super) async fn fold_behind(
    store: &Collections,
    job: JobId,
) -> Result<(), StoreError> {
    let newest = store
        .audit
        .find_one(doc! { "job": job.to_string() })
        .sort(doc! { "_id": -1 })
        .projection(doc! { "_id": 1 })
        .read_concern(ReadConcern::local())
        .await?;
    let newest = newest.map_or(Ok(0), |newest| number(&newest, "_id"))?;
    until_settled(|| async {
        if kept(store).await?.upto >= newest {
            return Ok(Some(()));
        }
        fold(store).await?;
        Ok(None)
    })
    .await
}

/// Folds once. Whether there is more to fold; nothing if another was faster.
pub(super) async fn fold(store: &Collections) -> Result<Option<bool>, StoreError> {
    let was = kept(store).await?;
    let news = news(store, &was).await?;
    if news.is_nothing(&was) {
        return Ok(Some(false));
    }
    // The hours first, each of which says up to which number it is: what was put into them is not put in twice if this
    // goes no further.
    if !outcomes::fold(store, &was.series, &news).await? {
        return Ok(None);
    }
    let mut cells = was.cells.clone();
    news.add_to(&mut cells);
    let now = Kept {
        revision: was.revision + 1,
        upto: news.last,
        series: was.series,
        taken: news.notes,
        cells,
    };
    let as_it_was = doc! { "_id": ID, "revision": was.revision };
    let written = store.counts.replace_one(as_it_was, now.document()).await?;
    if written.matched_count == 0 {
        return Ok(None);
    }
    if !now.taken.is_empty() {
        let which = doc! { "_id": { "$in": now.taken } };
        store.removals.delete_many(which).await?;
    }
    Ok(Some(news.more))
}
