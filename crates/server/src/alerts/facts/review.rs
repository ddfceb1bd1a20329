//! Jobs of which nobody knows whether they were filed.

use formhand_domain::{Job, JobState, Status};
use formhand_store::{JobFilter, Store, StoreError};

use super::UnknownOutcome;

/// The most that the store gives at once.
const BATCH: u32 = 500;

/// More of them are as bad as these.
const BATCHES: u32 = 4;

/// Reads them, newest first.
pub(super) async fn unknown_outcomes(store: &dyn Store) -> Result<Vec<UnknownOutcome>, StoreError> {
    let filter = JobFilter {
        statuses: vec![Status::NeedsReview],
        ..JobFilter::default()
    };
    let (mut found, mut after) = (Vec::new(), None);
    for _ in 0..BATCHES {
        let page = store.jobs(filter.clone(), after, BATCH).await?;
        found.extend(page.jobs.into_iter().filter_map(unknown));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    Ok(found)
}

fn unknown(job: Job) -> Option<UnknownOutcome> {
    let JobState::NeedsReview { since, .. } = job.state else {
        return None;
    };
    Some(UnknownOutcome {
        portal: job.portal,
        since,
    })
}
