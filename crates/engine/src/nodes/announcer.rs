//! The loop that announces this server, and hears whether it is to be drained.

use std::{sync::Arc, time::Duration};

use formhand_store::{Change, NodeEntry};
use jiff::Timestamp;
use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::Paused;
use crate::queue::Shop;

/// Announces the server until it drains for good.
pub(crate) struct Announcer {
    pub(crate) shop: Arc<Shop>,
    pub(crate) workers: usize,
    pub(crate) paused: Paused,
    pub(crate) started_at: Timestamp,
}

/// How often a server says that it is there. One that was not heard of for a few of these is taken for gone by people;
/// nothing is decided by it.
const EVERY: Duration = Duration::from_secs(10);

impl Announcer {
    /// Works until the server drains.
    pub(crate) async fn run(self) {
        let mut changes = self.shop.store.changes();
        while !self.shop.draining.is_cancelled() {
            self.announce().await;
            tokio::select! {
                () = self.shop.draining.cancelled() => {}
                () = tokio::time::sleep(EVERY) => {}
                () = wanted(&mut changes) => {}
            }
        }
        // One that has ended is no longer in the list.
        let _ = self.shop.store.forget_node(&self.shop.node).await;
    }

    async fn announce(&self) {
        let entry = NodeEntry {
            id: self.shop.node.clone(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            schema: self.shop.store.schema(),
            workers: u32::try_from(self.workers).unwrap_or(u32::MAX),
            at_work: self.shop.at_work.count(),
            started_at: self.started_at,
            seen_at: self.shop.clock.now(),
        };
        match self.shop.store.announce_node(entry).await {
            Ok(node) => {
                if self.paused.set(node.drain) {
                    tracing::info!(
                        drain = node.drain,
                        "what is wanted of this server has changed"
                    );
                }
            }
            Err(error) => tracing::warn!(%error, "this server could not be announced"),
        }
    }
}

/// Resolves when something is wanted of a server, or the signals were too many to tell.
async fn wanted(changes: &mut Receiver<Change>) {
    loop {
        match changes.recv().await {
            Ok(Change::Node | Change::Missed) | Err(RecvError::Lagged(_)) => return,
            Ok(_) => {}
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}
