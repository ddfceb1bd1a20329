//! The right to keep an account's session: one server at a time logs in, heals, and says where it stands.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use formhand_domain::{FencingToken, Lease};
use formhand_store::{Keeping, StoreError};
use jiff::{SignedDuration, Timestamp};
use tokio::{
    task::JoinHandle,
    time::{Instant, sleep_until, timeout_at},
};
use tokio_util::sync::CancellationToken;

use super::register::Register;

/// How long the right lasts without a renewal, and how often it is renewed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RightTiming {
    pub(crate) lease: SignedDuration,
    pub(crate) renew_every: Duration,
}

/// The right, renewed until this is dropped or it is lost.
pub(super) struct Right {
    token: FencingToken,
    lost: CancellationToken,
    renewing: JoinHandle<()>,
}

/// What asking for the right came to.
pub(super) enum Sought {
    Ours(Right),
    Others(Lease),
}

impl Right {
    /// Asks for the right. From then on the register writes under it.
    pub(super) async fn seek(
        register: &Register,
        timing: RightTiming,
    ) -> Result<Sought, StoreError> {
        let asked_at = Instant::now();
        let now = register.now();
        let (store, account) = (&register.store, &register.account);
        let kept = store
            .keep_account(account, &register.node, now, end(now, timing))
            .await?;
        let lease = match kept {
            Keeping::Ours(lease) => lease,
            Keeping::Others(lease) => return Ok(Sought::Others(lease)),
        };
        let lost = CancellationToken::new();
        register.pen.take_up(lease.token, lost.clone());
        let renewing = tokio::spawn(renew(
            register.clone(),
            lease.token,
            timing,
            asked_at,
            lost.clone(),
        ));
        Ok(Sought::Ours(Self {
            token: lease.token,
            lost,
            renewing,
        }))
    }

    /// Resolves when the right is another's, or over.
    pub(super) async fn lost(&self) {
        self.lost.cancelled().await;
    }

    /// Gives the right back, so that another need not wait for its end.
    pub(super) async fn give_back(self, register: &Register) {
        let (store, account) = (&register.store, &register.account);
        if let Err(error) = store
            .release_account(account, self.token, register.now())
            .await
        {
            tracing::warn!(%account, %error, "the right to keep the session was not given back; it ends by itself");
        }
    }
}

impl Drop for Right {
    fn drop(&mut self) {
        self.renewing.abort();
    }
}

/// What the register writes with: the token of the right that was taken up last. It stays when that is lost, so that the
/// store refuses what is written late.
#[derive(Clone, Default)]
pub(super) struct Pen(Arc<Mutex<Option<(FencingToken, CancellationToken)>>>);

impl Pen {
    fn take_up(&self, token: FencingToken, lost: CancellationToken) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((token, lost));
    }

    /// The token; none where every job logs in by itself.
    pub(super) fn token(&self) -> Option<FencingToken> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().map(|(token, _)| *token)
    }

    /// The store has refused the token.
    pub(super) fn refused(&self) {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, lost)) = held.as_ref() {
            lost.cancel();
        }
    }
}

/// Renews until the right is lost: it is another's, or nothing was heard of the store until it ended.
async fn renew(
    register: Register,
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
        let now = register.now();
        let (store, account) = (&register.store, &register.account);
        let renewed = store.renew_account(account, token, now, end(now, timing));
        match timeout_at(ends_at, renewed).await {
            Ok(Ok(true)) => ends_at = asked_at + lease,
            Ok(Err(error)) if Instant::now() < ends_at => {
                tracing::warn!(%account, %error, "the right to keep the session was not renewed");
            }
            Ok(_) | Err(_) => {
                tracing::warn!(%account, "the right to keep the session is lost");
                lost.cancel();
                return;
            }
        }
    }
}

fn end(now: Timestamp, timing: RightTiming) -> Timestamp {
    now.saturating_add(timing.lease).unwrap_or(Timestamp::MAX)
}
