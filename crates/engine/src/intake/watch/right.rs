//! The right to watch a source, renewed as long as it is used.

use std::{sync::Arc, time::Duration};

use formhand_domain::{FencingToken, Lease, NodeId};
use formhand_store::{Keeping, StoreError};
use jiff::{SignedDuration, Timestamp};
use tokio::{
    task::JoinHandle,
    time::{Instant, sleep_until, timeout_at},
};
use tokio_util::sync::CancellationToken;

use super::source::Source;

/// How long the right lasts without a renewal, and how often it is renewed.
#[derive(Debug, Clone, Copy)]
pub(super) struct RightTiming {
    pub(super) lease: SignedDuration,
    pub(super) renew_every: Duration,
}

/// The right, renewed until this is dropped or it is lost.
pub(super) struct Right {
    pub(super) token: FencingToken,
    lost: CancellationToken,
    renewing: JoinHandle<()>,
}

/// What asking for the right came to.
pub(super) enum Sought {
    Ours(Right),
    Others(Lease),
}

impl Right {
    /// Asks for the right.
    pub(super) async fn seek(
        source: &Arc<Source>,
        node: &NodeId,
        timing: RightTiming,
    ) -> Result<Sought, StoreError> {
        let asked_at = Instant::now();
        let now = source.clock.now();
        let kept = source
            .sources
            .keep_source(source.name(), node, now, end(now, timing))
            .await?;
        let lease = match kept {
            Keeping::Ours(lease) => lease,
            Keeping::Others(lease) => return Ok(Sought::Others(lease)),
        };
        let lost = CancellationToken::new();
        let renewing = renew(
            Arc::clone(source),
            lease.token,
            timing,
            asked_at,
            lost.clone(),
        );
        Ok(Sought::Ours(Self {
            token: lease.token,
            lost,
            renewing: tokio::spawn(renewing),
        }))
    }

    /// Resolves when the right is another's, or over.
    pub(super) async fn lost(&self) {
        self.lost.cancelled().await;
    }

    /// Gives the right back, so that another need not wait for its end.
    pub(super) async fn give_back(self, source: &Source) {
        let (name, now) = (source.name(), source.clock.now());
        if let Err(error) = source.sources.release_source(name, self.token, now).await {
            tracing::warn!(source = %name, %error, "the right to watch was not given back; it ends by itself");
        }
    }
}

impl Drop for Right {
    fn drop(&mut self) {
        self.renewing.abort();
    }
}

/// Renews until the right is lost: it is another's, or nothing was heard of the store until it ended.
async fn renew(
    source: Arc<Source>,
    token: FencingToken,
    timing: RightTiming,
    asked_at: Instant,
    lost: CancellationToken,
) {
    let lease = Duration::try_from(timing.lease).unwrap_or_default();
    let mut ends_at = asked_at + lease;
    loop {
        sleep_until(ends_at.min(Instant::now() + timing.renew_every)).await;
        let asked_at = Instant::now();
        let (name, now) = (source.name(), source.clock.now());
        let renewed = source
            .sources
            .renew_source(name, token, now, end(now, timing));
        match timeout_at(ends_at, renewed).await {
            Ok(Ok(true)) => ends_at = asked_at + lease,
            Ok(Err(error)) if Instant::now() < ends_at => {
                tracing::warn!(source = %name, %error, "the right to watch was not renewed");
            }
            Ok(_) | Err(_) => {
                tracing::warn!(source = %name, "the right to watch is lost");
                lost.cancel();
                return;
            }
        }
    }
}

fn end(now: Timestamp, timing: RightTiming) -> Timestamp {
    now.saturating_add(timing.lease).unwrap_or(Timestamp::MAX)
}
