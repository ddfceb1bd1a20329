//! Writes the events of one attempt. Every write carries the attempt's fencing token.

use std::sync::Arc;

use formhand_domain::{Clock, FencingToken, Job, JobEvent, JobId, Refusal, Writer};
use formhand_store::{ApplyError, Store};
use thiserror::Error;

use super::{FailureWords, Late};
use crate::takeover::Typed;

/// The pen of one attempt.
#[derive(Clone)]
pub(crate) struct JobWriter {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) job: JobId,
    pub(crate) token: FencingToken,
    /// What the words of a failure may hold.
    pub(crate) words: Arc<FailureWords>,
    /// What people typed in the attempt's pages: the portal may say it again.
    pub(crate) typed: Typed,
    /// There if the gate is switched off.
    pub(crate) late: Option<Late>,
}

/// An event of an attempt was not recorded.
#[derive(Debug, Error)]
pub(crate) enum WriteError {
    /// The lease is over: another may be working on the job. This attempt must stop and write nothing more.
    #[error("the lease is lost: {0}")]
    LeaseLost(String),
    /// Too little is left of the lease to submit.
    #[error("{0}")]
    LeaseTooShort(String),
    /// The event does not fit the job's state.
    #[error("{0}")]
    Refused(String),
    /// The store cannot write. Nothing may be done that would have to be recorded first.
    #[error("{0}")]
    Store(String),
}

impl JobWriter {
    /// Records an event; it is durable when this returns.
    pub(crate) async fn write(&self, event: JobEvent) -> Result<Job, WriteError> {
        if let Some(late) = &self.late {
            if late.keep(&event) {
                return self.as_it_stands().await;
            }
            for kept in late.before(&event) {
                self.apply(kept).await?;
            }
        }
        self.apply(event).await
    }

    /// Records what a person says of the attempt; it is durable when this returns.
    pub(crate) async fn write_as(
        &self,
        person: Writer,
        event: JobEvent,
    ) -> Result<Job, WriteError> {
        self.apply_as(person, event).await
    }

    /// Words without what must not be seen.
    pub(crate) fn blank(&self, words: &str) -> String {
        self.words.redacted(words, &self.typed)
    }

    async fn apply(&self, event: JobEvent) -> Result<Job, WriteError> {
        let worker = Writer::Worker { token: self.token };
        self.apply_as(worker, event).await
    }

    async fn apply_as(&self, writer: Writer, mut event: JobEvent) -> Result<Job, WriteError> {
        let failure = match &mut event {
            JobEvent::Fail { failure, .. } | JobEvent::Reject { failure } => Some(failure),
            JobEvent::Complete { optional_failure } => optional_failure.as_mut(),
            _ => None,
        };
        if let Some(failure) = failure {
            failure.message = self.blank(&failure.message);
        }
        if let JobEvent::GiveUp { reason, .. } = &mut event {
            *reason = self.blank(reason);
        }
        self.store
            .apply(self.job, writer, event, self.clock.now())
            .await
            .map_err(|error| match error {
                ApplyError::Refused(refusal @ Refusal::StaleToken { .. }) => {
                    WriteError::LeaseLost(refusal.to_string())
                }
                ApplyError::Refused(refusal @ Refusal::LeaseTooShort { .. }) => {
                    WriteError::LeaseTooShort(refusal.to_string())
                }
                ApplyError::NotFound(id) => gone(id),
                ApplyError::Refused(refusal) => WriteError::Refused(refusal.to_string()),
                other => WriteError::Store(other.to_string()),
            })
    }

    async fn as_it_stands(&self) -> Result<Job, WriteError> {
        let job = self.store.job(self.job).await;
        let job = job.map_err(|error| WriteError::Store(error.to_string()))?;
        job.ok_or_else(|| gone(self.job))
    }
}

fn gone(job: JobId) -> WriteError {
    WriteError::LeaseLost(format!("job {job} is gone"))
}
