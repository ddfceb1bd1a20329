//! The right to keep an account's session: one server at a time logs in, heals, and says where it stands.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use formhand_domain::FencingToken;
use formhand_store::{Keeping, StoreError};
use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::register::Register;
use crate::right::{Right, Subject};

#[async_trait]
impl Subject for Register {
    fn what(&self) -> String {
        format!("the session of {}", self.account)
    }

    fn now(&self) -> Timestamp {
        Self::now(self)
    }

    async fn keep(&self, now: Timestamp, expires_at: Timestamp) -> Result<Keeping, StoreError> {
        let (store, account) = (&self.store, &self.account);
        store
            .keep_account(account, &self.node, now, expires_at)
            .await
    }

    async fn renew(
        &self,
        token: FencingToken,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<bool, StoreError> {
        let (store, account) = (&self.store, &self.account);
        store.renew_account(account, token, now, expires_at).await
    }

    async fn release(&self, token: FencingToken, now: Timestamp) -> Result<(), StoreError> {
        self.store.release_account(&self.account, token, now).await
    }
}

/// What the register writes with: the token of the right that was taken up last. It stays when that is lost, so that the
/// store refuses what is written late.
#[derive(Clone, Default)]
pub(super) struct Pen(Arc<Mutex<Option<(FencingToken, CancellationToken)>>>);

impl Pen {
    /// From now on what is written is written under this right.
    pub(super) fn take_up(&self, right: &Right) {
        let held = (right.token(), right.loss());
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(held);
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
