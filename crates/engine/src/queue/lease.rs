//! Keeps a lease alive while its job is worked on, and moves.

use std::{sync::Arc, time::Duration};

use formhand_domain::JobEvent;
use jiff::SignedDuration;
use tokio::{sync::watch, task::JoinHandle, time::Instant};
use tokio_util::sync::CancellationToken;

use crate::submit::{JobWriter, WriteError};

/// How a lease is renewed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rhythm {
    /// How long it is valid after a renewal.
    pub(crate) lease: SignedDuration,
    /// How often it is renewed.
    pub(crate) every: Duration,
    /// Longer than anything that the attempt may wait for. One that gives no sign for so long is stuck: that its process
    /// lives is no reason to keep the job from everybody else.
    pub(crate) silence: Duration,
}

/// Says that an attempt moves.
#[derive(Debug, Clone)]
pub(crate) struct Pulse(Arc<watch::Sender<Instant>>);

impl Pulse {
    /// The attempt has taken a step.
    pub(crate) fn moved(&self) {
        self.0.send_replace(Instant::now());
    }

    fn is_silent(&self, limit: Duration) -> bool {
        self.0.borrow().elapsed() > limit
    }
}

/// A lease that is renewed until this is dropped, or the attempt is stuck.
pub(crate) struct Heartbeat {
    pulse: Pulse,
    lost: CancellationToken,
    task: JoinHandle<()>,
}

impl Heartbeat {
    /// Starts to renew.
    pub(crate) fn start(writer: JobWriter, rhythm: Rhythm) -> Self {
        let lost = CancellationToken::new();
        let pulse = Pulse(Arc::new(watch::Sender::new(Instant::now())));
        let (beating, ending) = (pulse.clone(), lost.clone());
        let task = tokio::spawn(async move {
            beat(rhythm, beating, ending, || renew(&writer, rhythm.lease)).await;
        });
        Self { pulse, lost, task }
    }

    /// Where the attempt says that it moves.
    pub(crate) fn pulse(&self) -> &Pulse {
        &self.pulse
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

/// Renews until the lease is lost, which `renew` says, or until there is no sign that the attempt moves.
async fn beat<R: Future<Output = Result<(), Lost>>>(
    rhythm: Rhythm,
    pulse: Pulse,
    lost: CancellationToken,
    renew: impl Fn() -> R,
) {
    loop {
        tokio::time::sleep(rhythm.every).await;
        if pulse.is_silent(rhythm.silence) {
            tracing::error!(silence = ?rhythm.silence, "an attempt does not move; its lease is let go");
        } else if renew().await.is_ok() {
            continue;
        }
        lost.cancel();
        return;
    }
}

/// The lease is another's, or over.
struct Lost;

async fn renew(writer: &JobWriter, lease: SignedDuration) -> Result<(), Lost> {
    let now = writer.clock.now();
    let expires_at = now.saturating_add(lease).unwrap_or(jiff::Timestamp::MAX);
    match writer.write(JobEvent::Renew { expires_at }).await {
        Ok(_) => Ok(()),
        Err(WriteError::Store(error)) => {
            // The lease is still ours until it ends; the next beat, or the next write, will tell.
            tracing::warn!(job = %writer.job, %error, "the lease was not renewed");
            Ok(())
        }
        Err(error) => {
            tracing::warn!(job = %writer.job, %error, "the lease is lost");
            Err(Lost)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn kf47_an_attempt_that_does_not_move_loses_its_lease_though_its_process_lives() {
        let rhythm = Rhythm {
            lease: SignedDuration::from_secs(30),
            every: Duration::from_secs(10),
            silence: Duration::from_mins(1),
        };
        let pulse = Pulse(Arc::new(watch::Sender::new(Instant::now())));
        let (lost, renewals) = (CancellationToken::new(), watch::Sender::new(0));
        let renew = || {
            renewals.send_modify(|count| *count += 1);
            std::future::ready(Ok(()))
        };
        let work = async {
            // For ten minutes it moves, if slowly.
            for _ in 0..12 {
                tokio::time::sleep(Duration::from_secs(50)).await;
                pulse.moved();
            }
            let stuck_at = Instant::now();
            assert!(!lost.is_cancelled() && *renewals.borrow() >= 59);
            lost.cancelled().await;
            stuck_at.elapsed()
        };
        let beating = beat(rhythm, pulse.clone(), lost.clone(), renew);
        let ((), noticed_after) = tokio::join!(beating, work);
        assert_eq!(noticed_after, Duration::from_secs(70));
    }
}
