//! Which of several servers delivers.

use std::sync::{Arc, Mutex, PoisonError};

use formhand_domain::NodeId;
use formhand_store::{Store, StoreError};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::webhooks::LIMIT;

/// Its name in the store.
const NAME: &str = "webhooks";

/// How long a server has the turn that does not say so again.
const TERM: SignedDuration = SignedDuration::from_secs(90);

/// The turn of this server, as far as it has it. It is no fence: a server that stands still for longer may send once more
/// what another has sent, under the same id.
pub(super) struct Turn {
    store: Arc<dyn Store>,
    node: NodeId,
    until: Mutex<Option<Timestamp>>,
}

/// What is written down of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Written {
    node: NodeId,
    until: Timestamp,
}

impl Turn {
    pub(super) fn new(store: Arc<dyn Store>, node: NodeId) -> Self {
        Self {
            store,
            node,
            until: Mutex::new(None),
        }
    }

    /// Takes it, or keeps it, if no other server has it. One of the same name is a former process of this one.
    pub(super) async fn take(&self, now: Timestamp) -> Result<bool, StoreError> {
        let (revision, written) = self.read().await?;
        let of_other = |written: &Written| written.node != self.node && now < written.until;
        if written.as_ref().is_some_and(of_other) {
            self.set(None);
            return Ok(false);
        }
        // Not with every round: what is written down has to become durable.
        let lasts = |until: Timestamp| until.duration_since(now) > TERM / 3 * 2;
        if written.is_some() && self.until().is_some_and(lasts) {
            return Ok(true);
        }
        let until = now.saturating_add(TERM).unwrap_or(Timestamp::MAX);
        let ours = self.write(revision, Some(until)).await?;
        self.set(ours.then_some(until));
        Ok(ours)
    }

    /// Whether it lasts long enough for a try that begins now.
    pub(super) fn lasts(&self, now: Timestamp) -> bool {
        let limit = SignedDuration::try_from(LIMIT).unwrap_or_default();
        self.until()
            .is_some_and(|until| until.duration_since(now) > limit)
    }

    /// Lets another server have it at once.
    pub(super) async fn give_back(&self) -> Result<(), StoreError> {
        if self.until().is_none() {
            return Ok(());
        }
        self.set(None);
        let (revision, written) = self.read().await?;
        if written.is_some_and(|written| written.node == self.node) {
            self.write(revision, None).await?;
        }
        Ok(())
    }

    async fn read(&self) -> Result<(u64, Option<Written>), StoreError> {
        let slate = self.store.slate(NAME).await?;
        // What cannot be read is of another Formhand; told twice is better than never.
        Ok(slate.map_or((0, None), |slate| {
            let written = serde_json::from_str(&slate.text).unwrap_or_default();
            (slate.revision, written)
        }))
    }

    async fn write(&self, was: u64, until: Option<Timestamp>) -> Result<bool, StoreError> {
        let node = self.node.clone();
        let written = until.map(|until| Written { node, until });
        let text = serde_json::to_string(&written)
            .map_err(|error| StoreError::Backend(format!("encode: {error}")))?;
        self.store.write_slate(NAME, was, &text).await
    }

    fn until(&self) -> Option<Timestamp> {
        *self.until.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, until: Option<Timestamp>) {
        *self.until.lock().unwrap_or_else(PoisonError::into_inner) = until;
    }
}
