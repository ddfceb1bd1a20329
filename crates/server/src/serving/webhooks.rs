//! The webhooks of a running server.

use std::sync::Arc;

use formhand_domain::Clock;
use formhand_store::Store;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::{DataFolder, ServeError, node::node_of};
use crate::{
    metrics::Metrics,
    webhooks::{Deliverer, WebhookDesk, WebhooksSetup},
};

/// The desk, and the deliverer that waits for its start.
pub(super) struct Webhooks {
    pub(super) desk: WebhookDesk,
    deliverer: Deliverer,
}

impl Webhooks {
    /// Those that are new begin here, before anything is worked on.
    pub(super) async fn new(
        setup: WebhooksSetup,
        folder: &DataFolder,
        store: &Arc<dyn Store>,
        clock: &Arc<dyn Clock>,
        metrics: &Metrics,
    ) -> Result<Self, ServeError> {
        let counters = metrics.clone();
        let desk = WebhookDesk::new(
            Arc::clone(store),
            Arc::clone(clock),
            rand::random::<f64>,
            setup,
        )?
        .counting(move |webhook, result| counters.tried_webhook(webhook, result));
        desk.begin().await?;
        let deliverer = Deliverer::new(desk.clone(), node_of(folder.path())?);
        Ok(Self { desk, deliverer })
    }

    /// Delivers until it is stopped.
    pub(super) fn start(self, stop: &CancellationToken) -> JoinHandle<()> {
        tokio::spawn(self.deliverer.run(stop.clone()))
    }
}
