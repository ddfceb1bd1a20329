//! Keeps a lease alive while its job is worked on.

use std::time::Duration;

use formhand_domain::JobEvent;
use jiff::SignedDuration;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::submit::{JobWriter, WriteError};

/// A lease that is renewed until this is dropped.
pub(crate) struct Heartbeat {
    lost: CancellationToken,
    task: JoinHandle<()>,
}

impl Heartbeat {
    /// Starts to renew.
    pub(crate) fn start(writer: JobWriter, lease: SignedDuration, every: Duration) -> Self {
        let lost = CancellationToken::new();
        let task = tokio::spawn(beat(writer, lease, every, lost.clone()));
        Self { lost, task }
    }

    /// Resolves when the lease is another's, or over.
    pub(crate) async fn lost(&self) {
        self.lost.cancelled().await;
    }
}

impl Drop for Heartbeat {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn beat(writer: JobWriter, lease: SignedDuration, every: Duration, lost: CancellationToken) {
    loop {
        tokio::time::sleep(every).await;
        let now = writer.clock.now();
        let expires_at = now.saturating_add(lease).unwrap_or(jiff::Timestamp::MAX);
        match writer.write(JobEvent::Renew { expires_at }).await {
            Ok(_) => {}
            Err(WriteError::Store(error)) => {
                // The lease is still ours until it ends; the next beat, or the next write, will tell.
                tracing::warn!(job = %writer.job, %error, "the lease was not renewed");
            }
            Err(error) => {
                tracing::warn!(job = %writer.job, %error, "the lease is lost");
                lost.cancel();
                return;
            }
        }
    }
}
