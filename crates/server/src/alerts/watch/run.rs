//! Round after round: when something changes, when something is due, and now and then.

use std::time::Duration;

use formhand_store::Change;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio_util::sync::CancellationToken;

use super::round::{EVERY, Watcher};

/// Changes come in swarms; one round is enough for those of so long.
const TOGETHER: Duration = Duration::from_secs(2);

impl Watcher {
    /// Watches until it is stopped.
    pub async fn run(mut self, stop: CancellationToken) {
        let mut changes = self.desk.paper.0.changes();
        let longest = EVERY.unsigned_abs();
        while !stop.is_cancelled() {
            let wait = match self.round().await {
                Ok(next_at) => {
                    let left = next_at.duration_since(self.desk.clock.now());
                    Duration::try_from(left).map_or(TOGETHER, |left| left.clamp(TOGETHER, longest))
                }
                Err(error) => {
                    tracing::error!(code = "alerts_failed", %error, "nothing could be watched in this round");
                    longest
                }
            };
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(wait) => {}
                () = changed(&mut changes, &stop) => {}
            }
        }
        if let Err(error) = self.give_back().await {
            tracing::warn!(%error, "another server watches only after a while");
        }
    }
}

/// Resolves some time after something has changed.
async fn changed(changes: &mut Receiver<Change>, stop: &CancellationToken) {
    match changes.recv().await {
        Ok(_) | Err(RecvError::Lagged(_)) => {}
        Err(RecvError::Closed) => std::future::pending().await,
    }
    tokio::select! {
        () = stop.cancelled() => {}
        () = tokio::time::sleep(TOGETHER) => {}
    }
    // What came meanwhile is looked at in the same round.
    *changes = changes.resubscribe();
}
