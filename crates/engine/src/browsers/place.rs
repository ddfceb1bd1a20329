//! A context of its own in a worker browser, with a page in it.

use std::{sync::Arc, time::Duration};

use formhand_browser::{
    Browser, CommitGate, CommitPattern, Context, ContextOptions, GateOptions, Page,
};
use formhand_domain::{AccountKey, Generation};

use super::{slot::GateSlot, worker::Worker};
use crate::flow::Stop;

/// Which place is wanted.
pub(crate) struct Order {
    /// Whose session it is a copy of.
    pub(crate) session: (AccountKey, Generation),
    /// What the context is like, the session's storage among it. The gate is put in by the place.
    pub(crate) options: ContextOptions,
    /// The requests that the gate watches: those of all flows of the portal.
    pub(crate) patterns: Vec<CommitPattern>,
}

/// A place for one job.
pub(crate) struct Place {
    pub(crate) browser: Browser,
    pub(crate) context: Context,
    pub(crate) page: Page,
    slot: Arc<GateSlot>,
    worker: Arc<Worker>,
}

/// A live browser closes a context in milliseconds.
const CLOSE_LIMIT: Duration = Duration::from_secs(5);

impl Place {
    /// Makes a place. Its gate lets nothing through yet.
    pub(super) async fn make(worker: Arc<Worker>, order: &Order) -> Result<Self, Stop> {
        let slot = Arc::new(GateSlot::default());
        let gate = Arc::clone(&slot) as Arc<dyn CommitGate>;
        let options = ContextOptions {
            gate: Some(GateOptions {
                patterns: order.patterns.clone(),
                gate,
            }),
            ..order.options.clone()
        };
        let context = match worker.browser.context(options).await {
            Ok(context) => context,
            Err(error) => {
                worker.leave().await;
                return Err(super::crashed(error));
            }
        };
        let browser = worker.browser.clone();
        match context.page().await {
            Ok(page) => Ok(Self {
                browser,
                context,
                page,
                slot,
                worker,
            }),
            Err(error) => {
                close(&context, &browser).await;
                worker.leave().await;
                Err(super::crashed(error))
            }
        }
    }

    /// Gives the place to a job.
    pub(super) fn give(&self, gate: Arc<dyn CommitGate>) {
        self.slot.fill(gate);
    }

    /// Whether it is in this browser.
    pub(super) fn is_in(&self, worker: &Arc<Worker>) -> bool {
        Arc::ptr_eq(&self.worker, worker)
    }

    /// Leaves the place. When this returns, no request of it can leave the browser any more. True if the browser lived
    /// to close it in order, so that nothing that the gate held was let go.
    pub(crate) async fn close(self) -> bool {
        let in_order = close(&self.context, &self.browser).await;
        let traffic = self.browser.traffic();
        let (sent, received) = (traffic.sent, traffic.received);
        tracing::debug!(sent, received, "a place is left");
        self.worker.leave().await;
        in_order
    }
}

async fn close(context: &Context, browser: &Browser) -> bool {
    let closed = tokio::time::timeout(CLOSE_LIMIT, context.close()).await;
    let in_order = matches!(closed, Ok(Ok(()))) && browser.is_alive();
    if !in_order {
        // A context that cannot be seen to close goes down with its browser.
        browser.close().await;
    }
    in_order
}
