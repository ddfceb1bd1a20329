//! Looking at all documents of a source that are there.

use formhand_domain::FencingToken;
use formhand_store::{DocumentId, Reached, Scan};

use super::{
    course::{Course, tell_taken},
    look::look,
    plan::scanned,
    source::Source,
    trouble::Trouble,
};

/// Ids that are read at once. Most of their documents may be known, and are not read.
const IDS: u32 = 1_000;

/// Documents that are looked at and taken at once.
const AT_ONCE: usize = 100;

/// Goes on with a scan until it is done.
pub(super) async fn scan(
    source: &Source,
    keeper: FencingToken,
    reached: Reached,
    scan: Scan,
    course: &Course,
) -> Result<(), Trouble> {
    let origin = source.origin().await?;
    let mut scan = scan;
    loop {
        let ids = origin.ids(&scan, IDS, &reached.position).await?;
        let so_far = scanned(&reached, &scan, ids.last());
        look_at(source, keeper, &ids, &so_far).await?;
        course.well(source, keeper).await?;
        let Some(next) = so_far.scan else {
            tracing::info!(source = %source.name(), "all documents that were there are looked at");
            return Ok(());
        };
        scan = next;
    }
}

async fn look_at(
    source: &Source,
    keeper: FencingToken,
    ids: &[DocumentId],
    so_far: &Reached,
) -> Result<(), Trouble> {
    let mut parts = ids.chunks(AT_ONCE).peekable();
    loop {
        let part = parts.next().unwrap_or_default().to_vec();
        let looked = look(source, part, Some(&so_far.position)).await?;
        // How far the scan has come is kept with the last.
        let is_last = parts.peek().is_none();
        let now = source.clock.now();
        let reached = is_last.then_some(so_far);
        let taken = source
            .sources
            .take(source.name(), keeper, looked, reached, now)
            .await?;
        tell_taken(source, taken);
        if is_last {
            return Ok(());
        }
    }
}
