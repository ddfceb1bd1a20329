//! Hands the evidence of ended jobs over to object storage, in the background. Whether that succeeds changes nothing but
//! where the files are.

use std::{sync::Arc, time::Duration};

use formhand_domain::JobId;
use formhand_evidence::Evidence;
use formhand_store::Store;
use tokio_util::sync::CancellationToken;

/// Jobs end one after the other; their files need not go one by one.
const EVERY: Duration = Duration::from_secs(5);

/// Storage that does not answer is asked at this pace in the end.
const LONGEST: Duration = Duration::from_mins(10);

/// Hands evidence over until the server drains.
pub(crate) struct Courier {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) evidence: Evidence,
    pub(crate) draining: CancellationToken,
}

impl Courier {
    /// Works until the server drains. What is still to be handed over is what is in the folder: nothing else has to
    /// be remembered over a restart.
    pub(crate) async fn run(self) {
        if !self.evidence.is_handed_over() {
            return;
        }
        let mut pause = EVERY;
        while !self.draining.is_cancelled() {
            pause = match self.round().await {
                Ok(count) => {
                    if count > 0 {
                        tracing::info!(files = count, "evidence is in object storage");
                    }
                    EVERY
                }
                Err(error) => {
                    let next = (pause * 2).min(LONGEST);
                    tracing::warn!(code = "evidence_not_handed_over", %error, again_in = ?next, "evidence stays here for now");
                    next
                }
            };
            tokio::select! {
                () = self.draining.cancelled() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    async fn round(&self) -> std::io::Result<usize> {
        let mut count = 0;
        for job in self.evidence.jobs_here().await? {
            if self.draining.is_cancelled() {
                break;
            }
            if self.has_ended(job).await? {
                count += self.evidence.hand_over(job).await?;
            }
        }
        Ok(count)
    }

    /// While a job may have another attempt, its receipt would have to fetch what was handed over.
    async fn has_ended(&self, job: JobId) -> std::io::Result<bool> {
        let found = self.store.job(job).await;
        let found = found.map_err(std::io::Error::other)?;
        // Files of a job that nobody knows are somebody's to look at; they stay.
        Ok(found.is_some_and(|job| job.finished_at().is_some()))
    }
}
