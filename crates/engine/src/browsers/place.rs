//! A context with a page in it, for one job: one of many in a worker browser, or the only one of a browser of its own.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use formhand_browser::{
    Browser, CommitGate, CommitPattern, Context, ContextOptions, GateOptions, Page, StorageState,
};
use formhand_domain::AccountKey;

use super::{
    ahead::{Ahead, Bare},
    own::Own,
    worker::Worker,
    workers::Pool,
};
use crate::flow::Stop;

/// Which place is wanted.
pub(crate) struct Order {
    /// Whose it is. All places of one account are alike until a session is put in.
    pub(crate) account: AccountKey,
    /// The profile that a browser of its own starts with a copy of. Without one a worker browser will do.
    pub(crate) profile: Option<PathBuf>,
    /// The session that is put in.
    pub(crate) storage: Option<StorageState>,
    /// Where its storage is mostly put in; nothing if it has none beside its cookies.
    pub(crate) rests_at: Option<String>,
    /// What the context is like. The gate is put in by the place.
    pub(crate) options: ContextOptions,
    /// The requests that the gate watches: those of all flows of the portal.
    pub(crate) patterns: Vec<CommitPattern>,
}

/// A place for one job.
pub(crate) struct Place {
    pub(crate) browser: Browser,
    pub(crate) context: Context,
    pub(crate) page: Page,
    home: Home,
}

/// Whose browser it is.
enum Home {
    /// That of many jobs, one after the other.
    Worker(Worker, Arc<Pool>),
    /// This job's alone.
    Own(Own),
}

/// A live browser closes a context in milliseconds.
const CLOSE_LIMIT: Duration = Duration::from_secs(5);

impl Place {
    /// The place that was made ahead in this browser if it fits, else a new one; with the session put in.
    pub(super) async fn open(
        pool: Arc<Pool>,
        mut worker: Worker,
        mut order: Order,
        gate: Arc<dyn CommitGate>,
    ) -> Result<Self, Stop> {
        worker.begin_job();
        let browser = worker.browser.clone();
        let traffic = browser.traffic();
        let (sent, received) = (traffic.sent, traffic.received);
        tracing::debug!(sent, received, "a place is made");
        let made = match worker.bare(&order).await {
            Ok(bare) => bare.with(order.storage.take(), &browser).await,
            Err(stop) => Err(stop),
        };
        let Bare {
            context,
            page,
            slot,
        } = match made {
            Ok(bare) => bare,
            Err(stop) => {
                pool.give_back(worker).await;
                return Err(stop);
            }
        };
        slot.fill(gate);
        worker.ahead = Some(Ahead::begin(browser.clone(), order));
        Ok(Self {
            browser,
            context,
            page,
            home: Home::Worker(worker, pool),
        })
    }

    /// A place in a browser of its own, on a copy of a profile.
    pub(super) async fn open_own(
        pool: &Pool,
        source: &Path,
        order: Order,
        gate: Arc<dyn CommitGate>,
    ) -> Result<Self, Stop> {
        let own = pool.start_own(source).await?;
        let options = ContextOptions {
            gate: Some(GateOptions {
                patterns: order.patterns,
                gate,
            }),
            ..order.options
        };
        let made = async {
            let context = own.browser.default_context(options).await;
            let context = context.map_err(super::crashed)?;
            let page = context.page().await.map_err(super::crashed)?;
            Ok((context, page))
        };
        match made.await {
            Ok((context, page)) => Ok(Self {
                browser: own.browser.clone(),
                context,
                page,
                home: Home::Own(own),
            }),
            Err(stop) => {
                own.close().await;
                Err(stop)
            }
        }
    }

    /// Leaves the place. When this returns, no request of it can leave the browser any more. True if the browser lived
    /// to close it in order, so that nothing that the gate held was let go.
    pub(crate) async fn close(self) -> bool {
        let in_order = close(&self.context, &self.browser).await;
        let traffic = self.browser.traffic();
        let (sent, received) = (traffic.sent, traffic.received);
        tracing::debug!(sent, received, "a place is left");
        match self.home {
            Home::Worker(worker, pool) => pool.give_back(worker).await,
            Home::Own(own) => own.close().await,
        }
        in_order
    }
}

/// Closes a context, for certain.
pub(super) async fn close(context: &Context, browser: &Browser) -> bool {
    let closed = tokio::time::timeout(CLOSE_LIMIT, context.close()).await;
    let in_order = matches!(closed, Ok(Ok(()))) && browser.is_alive();
    if !in_order {
        // A context that cannot be seen to close goes down with its browser.
        browser.close().await;
    }
    in_order
}
