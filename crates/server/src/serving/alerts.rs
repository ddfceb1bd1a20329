//! The alerts of a running server.

use std::sync::Arc;

use formhand_domain::{AccountKey, Clock};
use formhand_store::Store;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::{DataFolder, ServeError, node::node_of, room};
use crate::{
    alerts::{AlertDesk, AlertSetup, Watcher},
    webhooks::WebhookDesk,
};

/// The desk, and the watcher that waits for its start.
pub(super) struct Alerts {
    pub(super) desk: AlertDesk,
    watcher: Watcher,
}

impl Alerts {
    pub(super) fn new(
        setup: AlertSetup,
        folder: &DataFolder,
        store: &Arc<dyn Store>,
        clock: &Arc<dyn Clock>,
        accounts: &[AccountKey],
        webhooks: &WebhookDesk,
    ) -> Result<Self, ServeError> {
        let desk = AlertDesk::new(Arc::clone(store), Arc::clone(clock), setup)?;
        let data = folder.path().to_owned();
        let watcher = Watcher::new(
            desk.clone(),
            node_of(folder.path())?,
            accounts.iter().cloned().collect(),
            webhooks.clone(),
            Arc::new(move || room::free(&data)),
        );
        Ok(Self { desk, watcher })
    }

    /// Watches until it is stopped.
    pub(super) fn start(self, stop: &CancellationToken) -> JoinHandle<()> {
        tokio::spawn(self.watcher.run(stop.clone()))
    }
}
