//! Since when this server knows that it searches with a newer login than an old attempt had.

use std::collections::BTreeMap;

use formhand_domain::{FencingToken, Job, JobId};
use jiff::SignedDuration;
use tokio::time::Instant;

/// What is known of the jobs that are searched for. It dies with the server, which costs a settle time and no truth.
#[derive(Default)]
pub(super) struct Newer(BTreeMap<(JobId, FencingToken), Instant>);

impl Newer {
    /// A search that began then was made with a newer login. How long before that this was known.
    pub(super) fn at(&mut self, job: &Job, began: Instant) -> SignedDuration {
        let first = *self.0.entry((job.id, job.fence)).or_insert(began);
        SignedDuration::try_from(began.duration_since(first)).unwrap_or(SignedDuration::ZERO)
    }

    /// Forgets all other jobs.
    pub(super) fn keep(&mut self, jobs: &[Job]) {
        let open = |id, fence| jobs.iter().any(|job| (job.id, job.fence) == (id, fence));
        self.0.retain(|(id, fence), _| open(*id, *fence));
    }
}
