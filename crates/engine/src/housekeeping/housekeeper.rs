//! Does what is to be done, and sleeps until something is to be done again.

use std::{io, sync::Arc, time::Duration};

use formhand_domain::{Clock, JobEvent, JobId, Writer};
use formhand_evidence::Evidence;
use formhand_store::{ApplyError, EndedJob, Store, StoreError};
use futures_util::{StreamExt, stream};
use jiff::Timestamp;
use thiserror::Error;
use tokio_util::sync::CancellationToken;

use super::chore::{Chore, Task};
use crate::Retention;

/// Jobs that are read in one go.
const BATCH: u32 = 500;

/// Jobs at a time: the store makes their changes durable together, and those of living jobs come between.
const TOGETHER: usize = 16;

/// Jobs that end one after the other are not removed one after the other.
const SHORTEST: Duration = Duration::from_mins(1);

/// A clock that was put forward is noticed after this at the latest.
const LONGEST: Duration = Duration::from_hours(1);

/// Removes what is old until the server drains.
pub(crate) struct Housekeeper {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) evidence: Evidence,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) retention: Retention,
    pub(crate) draining: CancellationToken,
}

/// Something could not be done with a job. It is tried again.
#[derive(Debug, Error)]
enum NotDone {
    #[error("its files: {0}")]
    Files(#[from] io::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Apply(ApplyError),
}

impl Housekeeper {
    /// Works until the server drains.
    pub(crate) async fn run(self) {
        let mut chores = Chore::of(self.retention);
        while !chores.is_empty() && !self.draining.is_cancelled() {
            let pause = self.round(&mut chores).await;
            tokio::select! {
                () = self.draining.cancelled() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Does all that is due, and says how long until something is again.
    pub(super) async fn round(&self, chores: &mut [Chore]) -> Duration {
        let mut next = Timestamp::MAX;
        for chore in chores {
            match self.see_to(chore).await {
                Ok(due_at) => next = next.min(due_at),
                Err(error) => {
                    tracing::error!(code = "housekeeping_failed", task = ?chore.task, %error, "old jobs could not be read");
                }
            }
        }
        let left = next.duration_since(self.clock.now());
        Duration::try_from(left).map_or(SHORTEST, |left| left.clamp(SHORTEST, LONGEST))
    }

    /// Does one thing with every job that is old, and says when the next one is.
    async fn see_to(&self, chore: &mut Chore) -> Result<Timestamp, StoreError> {
        let now = self.clock.now();
        let before = chore.old_before(now);
        chore.begin();
        let mut count = 0;
        loop {
            let ended = self.store.ended(chore.which, before, chore.seen, BATCH);
            let jobs = ended.await?;
            let Some(last) = jobs.last() else { break };
            if self.draining.is_cancelled() {
                return Ok(now);
            }
            stream::iter(&jobs)
                .for_each_concurrent(TOGETHER, |job| self.do_with(chore.task, job, before))
                .await;
            count += jobs.len();
            chore.seen = Some(*last);
        }
        if count > 0 {
            tracing::info!(jobs = count, "{}", chore.task.done());
        }
        let younger = self.store.ended(chore.which, Timestamp::MAX, chore.seen, 1);
        let ended_at = younger.await?.first().map_or(now, |job| job.at);
        Ok(chore.due_at(ended_at))
    }

    async fn do_with(&self, task: Task, job: &EndedJob, before: Timestamp) {
        let done = match task {
            Task::RemovePictures => self
                .evidence
                .remove_pictures(job.id)
                .await
                .map_err(Into::into),
            Task::Forget => self.forget(job.id).await,
            Task::Remove => self.remove(job.id, before).await,
        };
        if let Err(error) = done {
            tracing::error!(code = "housekeeping_failed", job = %job.id, ?task, %error, "an old job stays as it is");
        }
    }

    /// Files first: a job whose files are still there is found again.
    async fn forget(&self, id: JobId) -> Result<(), NotDone> {
        self.evidence.remove_all(id).await?;
        let now = self.clock.now();
        let forgotten = self.store.apply(id, Writer::Queue, JobEvent::Forget, now);
        match forgotten.await {
            // Another server was faster.
            Ok(_) | Err(ApplyError::Refused(_)) => Ok(()),
            Err(error) => Err(NotDone::Apply(error)),
        }
    }

    async fn remove(&self, id: JobId, before: Timestamp) -> Result<(), NotDone> {
        self.evidence.remove_all(id).await?;
        self.store.remove(id, before, self.clock.now()).await?;
        Ok(())
    }
}
