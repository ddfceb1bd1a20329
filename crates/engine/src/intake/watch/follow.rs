//! Following the changes of a source.

use std::time::Duration;

use formhand_domain::FencingToken;
use formhand_store::{DocumentId, Reached, SourceEvent, Verdict};
use tokio::time::Instant;

use super::{
    course::{Course, tell_taken},
    look::look,
    plan::{has_updates, is_worth_a_look},
    source::Source,
    trouble::Trouble,
};

/// Changes that are dealt with at once. Few enough for one transaction, many enough that its cost does not count.
const AT_ONCE: usize = 100;

/// How often it is kept how far a source was read in which nothing happens that matters. A database keeps its history for
/// hours at least.
const KEEP_EVERY: Duration = Duration::from_secs(10);

/// Follows the changes until something goes wrong.
pub(super) async fn follow(
    source: &Source,
    keeper: FencingToken,
    reached: Reached,
    course: &Course,
) -> Result<(), Trouble> {
    let updates = has_updates(&source.setup.kind);
    let mut feed = source
        .origin()
        .await?
        .follow(&reached.position, updates)
        .await?;
    let mut unkept = None;
    let mut kept_at = Instant::now();
    loop {
        let asked_at = source.clock.now();
        let batch = match feed.next(AT_ONCE).await {
            Ok(batch) => batch,
            Err(error) => {
                // What was seen without need of it is not seen again: the end of a collection, for instance.
                if let Some(reached) = &unkept {
                    take(source, keeper, Vec::new(), Some(reached)).await?;
                }
                return Err(error.into());
            }
        };
        let reached = Reached {
            position: batch.position,
            at: batch.at.unwrap_or(asked_at),
            scan: None,
        };
        let ids = wanted(source, batch.events);
        let looked = look(source, ids, Some(&reached.position)).await?;
        let has_work = looked
            .iter()
            .any(|looked| !matches!(looked.verdict, Verdict::Nothing));
        let keep = has_work || kept_at.elapsed() >= KEEP_EVERY;
        take(source, keeper, looked, keep.then_some(&reached)).await?;
        course.well(source, keeper).await?;
        if keep {
            kept_at = Instant::now();
        }
        unkept = (!keep).then_some(reached);
    }
}

fn wanted(source: &Source, events: Vec<SourceEvent>) -> Vec<DocumentId> {
    let is_wanted = |event: &SourceEvent| is_worth_a_look(&source.setup.kind, &event.change);
    events
        .into_iter()
        .filter(is_wanted)
        .map(|event| event.document)
        .collect()
}

async fn take(
    source: &Source,
    keeper: FencingToken,
    looked: Vec<formhand_store::Looked>,
    reached: Option<&Reached>,
) -> Result<(), Trouble> {
    let now = source.clock.now();
    let taken = source
        .sources
        .take(source.name(), keeper, looked, reached, now)
        .await?;
    tell_taken(source, taken);
    Ok(())
}
