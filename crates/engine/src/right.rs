//! A right that one server at a time has, by a lease in the store: renewed as long as it is used, and lost when it is
//! another's or when nothing was heard of the store until it ended.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use formhand_domain::{FencingToken, Lease};
use formhand_store::{Keeping, StoreError};
use jiff::{SignedDuration, Timestamp};
use tokio::{
    task::JoinHandle,
    time::{Instant, sleep_until, timeout_at},
};
use tokio_util::sync::CancellationToken;

/// What there is a right to.
#[async_trait]
pub(crate) trait Subject: Send + Sync {
    /// What the right is to, for the log.
    fn what(&self) -> String;

    /// The present moment.
    fn now(&self) -> Timestamp;

    /// Asks the store for the right.
    async fn keep(&self, now: Timestamp, expires_at: Timestamp) -> Result<Keeping, StoreError>;

    /// Makes it last longer. False if it is another's, or has ended.
    async fn renew(
        &self,
        token: FencingToken,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Gives it back.
    async fn release(&self, token: FencingToken, now: Timestamp) -> Result<(), StoreError>;
}

/// How long a right lasts without a renewal, and how often it is renewed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RightTiming {
    pub(crate) lease: SignedDuration,
    pub(crate) renew_every: Duration,
}

impl RightTiming {
    fn end(self, now: Timestamp) -> Timestamp {
        now.saturating_add(self.lease).unwrap_or(Timestamp::MAX)
    }
}

/// A right, renewed until this is dropped or it is lost.
pub(crate) struct Right {
    subject: Arc<dyn Subject>,
    token: FencingToken,
    lost: CancellationToken,
    renewing: JoinHandle<()>,
}

/// What asking for a right came to.
pub(crate) enum Sought {
    Ours(Right),
    Others(Lease),
}

impl Right {
    /// Asks for the right.
    pub(crate) async fn seek(
        subject: Arc<dyn Subject>,
        timing: RightTiming,
    ) -> Result<Sought, StoreError> {
        let asked_at = Instant::now();
        let now = subject.now();
        let lease = match subject.keep(now, timing.end(now)).await? {
            Keeping::Ours(lease) => lease,
            Keeping::Others(lease) => return Ok(Sought::Others(lease)),
        };
        let (token, lost) = (lease.token, CancellationToken::new());
        let renewed = renew(Arc::clone(&subject), token, timing, asked_at, lost.clone());
        Ok(Sought::Ours(Self {
            subject,
            token,
            lost,
            renewing: tokio::spawn(renewed),
        }))
    }

    /// What is written under it carries this.
    pub(crate) fn token(&self) -> FencingToken {
        self.token
    }

    /// Resolves when the right is another's, or over.
    pub(crate) async fn lost(&self) {
        self.lost.cancelled().await;
    }

    /// Cancelled when the right is lost; whoever hears of that elsewhere cancels it.
    pub(crate) fn loss(&self) -> CancellationToken {
        self.lost.clone()
    }

    /// Gives the right back, so that another need not wait for its end.
    pub(crate) async fn give_back(self) {
        let (subject, now) = (&self.subject, self.subject.now());
        if let Err(error) = subject.release(self.token, now).await {
            let what = subject.what();
            tracing::warn!(what, %error, "a right was not given back; it ends by itself");
        }
    }
}

impl Drop for Right {
    fn drop(&mut self) {
        self.renewing.abort();
    }
}

async fn renew(
    subject: Arc<dyn Subject>,
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
        let now = subject.now();
        let renewed = subject.renew(token, now, timing.end(now));
        match timeout_at(ends_at, renewed).await {
            Ok(Ok(true)) => ends_at = asked_at + lease,
            Ok(Err(error)) if Instant::now() < ends_at => {
                let what = subject.what();
                tracing::warn!(what, %error, "a right was not renewed");
            }
            Ok(_) | Err(_) => {
                tracing::warn!(what = subject.what(), "a right is lost");
                lost.cancel();
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use formhand_domain::NodeId;

    use super::*;

    /// A store that renews as long as it answers.
    struct Answering(tokio::sync::watch::Receiver<bool>);

    #[async_trait]
    impl Subject for Answering {
        fn what(&self) -> String {
            "a thing".to_owned()
        }

        fn now(&self) -> Timestamp {
            Timestamp::UNIX_EPOCH
        }

        async fn keep(&self, _: Timestamp, expires_at: Timestamp) -> Result<Keeping, StoreError> {
            Ok(Keeping::Ours(Lease {
                owner: NodeId::new("node-a").unwrap(),
                token: FencingToken(1),
                expires_at,
            }))
        }

        async fn renew(
            &self,
            _: FencingToken,
            _: Timestamp,
            _: Timestamp,
        ) -> Result<bool, StoreError> {
            if *self.0.borrow() {
                Ok(true)
            } else {
                std::future::pending().await
            }
        }

        async fn release(&self, _: FencingToken, _: Timestamp) -> Result<(), StoreError> {
            Ok(())
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_right_lasts_as_long_as_it_is_renewed_and_ends_with_a_store_that_does_not_answer() {
        let (answers, answering) = tokio::sync::watch::channel(true);
        let timing = RightTiming {
            lease: SignedDuration::from_secs(30),
            renew_every: Duration::from_secs(10),
        };
        let sought = Right::seek(Arc::new(Answering(answering)), timing).await;
        let Ok(Sought::Ours(right)) = sought else {
            panic!("it is another's");
        };
        let ten_minutes = tokio::time::timeout(Duration::from_mins(10), right.lost()).await;
        assert!(ten_minutes.is_err());
        answers.send_replace(false);
        let silent_since = Instant::now();
        right.lost().await;
        // The last renewal was at most ten seconds before.
        let lasted = silent_since.elapsed();
        assert!(lasted >= Duration::from_secs(20) && lasted <= Duration::from_secs(30));
    }
}
