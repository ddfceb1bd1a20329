//! What is free on the disks of the data folders. Each server writes its own down, for the one that watches.

use std::{collections::BTreeMap, io, sync::Arc};

use formhand_domain::NodeId;
use formhand_store::{Store, StoreError};

/// How many bytes are free on the disk of this server's data folder.
pub type FreeSpace = Arc<dyn Fn() -> io::Result<u64> + Send + Sync>;

/// What is free is written down again when it has changed by this: a disk fills slowly, and a log does not.
const STEP_BYTES: u64 = 64 * 1024 * 1024;

fn slate_of(node: &NodeId) -> String {
    format!("free bytes of {node}")
}

/// The disk of this server.
pub(super) struct OwnDisk {
    pub(super) node: NodeId,
    pub(super) free: FreeSpace,
    pub(super) said: Option<u64>,
}

impl OwnDisk {
    /// What is free; nothing if it cannot be told.
    pub(super) fn free_bytes(&self) -> Option<u64> {
        match (self.free)() {
            Ok(free) => Some(free),
            Err(error) => {
                tracing::warn!(%error, "the disk of the data folder cannot be looked at");
                None
            }
        }
    }

    /// Writes down what is free, if that is news.
    pub(super) async fn say(&mut self, store: &dyn Store) -> Result<(), StoreError> {
        let Some(free) = self.free_bytes() else {
            return Ok(());
        };
        let is_news = |said: u64| said / STEP_BYTES != free / STEP_BYTES;
        if !self.said.is_none_or(is_news) {
            return Ok(());
        }
        let name = slate_of(&self.node);
        let was = store.slate(&name).await?.map_or(0, |slate| slate.revision);
        // Nobody else writes there; what is lost to a former process of this server is said again.
        if store.write_slate(&name, was, &free.to_string()).await? {
            self.said = Some(free);
        }
        Ok(())
    }
}

/// What these servers have last said.
pub(super) async fn said_by(
    store: &dyn Store,
    nodes: impl Iterator<Item = &NodeId>,
) -> Result<BTreeMap<NodeId, u64>, StoreError> {
    let mut said = BTreeMap::new();
    for node in nodes {
        let slate = store.slate(&slate_of(node)).await?;
        if let Some(free) = slate.and_then(|slate| slate.text.parse().ok()) {
            said.insert(node.clone(), free);
        }
    }
    Ok(said)
}
