//! Places that are made before it is known which job will have them, and with which session.

use std::sync::Arc;

use formhand_browser::{
    Browser, BrowserError, CommitGate, Context, ContextOptions, GateOptions, Page, StorageState,
};
use formhand_domain::AccountKey;
use tokio::task::JoinHandle;

use super::{place::Order, slot::GateSlot};
use crate::flow::Stop;

/// A place that is being made, or is ready.
pub(super) struct Ahead {
    account: AccountKey,
    making: JoinHandle<Result<Bare, Stop>>,
}

/// A context with a page, without a session; its gate lets nothing through yet.
pub(super) struct Bare {
    pub(super) context: Context,
    pub(super) page: Page,
    pub(super) slot: Arc<GateSlot>,
}

impl Ahead {
    /// Begins to make a place like this.
    pub(super) fn begin(browser: Browser, order: Order) -> Self {
        Self {
            account: order.account.clone(),
            making: tokio::spawn(async move { Bare::make(&browser, &order).await }),
        }
    }

    /// Whether it is one for this account.
    pub(super) fn fits(&self, order: &Order) -> bool {
        self.account == order.account
    }

    /// The place, if it was made and is still there to be worked in.
    pub(super) async fn ready(self) -> Option<Bare> {
        // If it failed, the job makes its own, and says why if that fails too.
        let bare = self.making.await.ok()?.ok()?;
        (!bare.page.is_closed()).then_some(bare)
    }

    /// Closes it once it is made.
    pub(super) async fn close(self, browser: &Browser) {
        if let Ok(Ok(bare)) = self.making.await {
            super::place::close(&bare.context, browser).await;
        }
    }
}

impl Bare {
    /// Makes one.
    pub(super) async fn make(browser: &Browser, order: &Order) -> Result<Self, Stop> {
        let slot = Arc::new(GateSlot::default());
        let gate = Arc::clone(&slot) as Arc<dyn CommitGate>;
        let options = ContextOptions {
            gate: Some(GateOptions {
                patterns: order.patterns.clone(),
                gate,
            }),
            ..order.options.clone()
        };
        let context = browser.context(options).await.map_err(super::crashed)?;
        let made = async {
            let page = context.page().await?;
            if let Some(origin) = &order.rests_at {
                page.rest_at(origin).await?;
            }
            Ok(page)
        };
        match made.await {
            Ok(page) => Ok(Self {
                context,
                page,
                slot,
            }),
            Err::<_, BrowserError>(error) => {
                super::place::close(&context, browser).await;
                Err(super::crashed(error))
            }
        }
    }

    /// Puts a session in.
    pub(super) async fn with(
        self,
        storage: Option<StorageState>,
        browser: &Browser,
    ) -> Result<Self, Stop> {
        let Some(storage) = storage else {
            return Ok(self);
        };
        match self.context.adopt(storage, &self.page).await {
            Ok(()) => Ok(self),
            Err(error) => {
                super::place::close(&self.context, browser).await;
                Err(super::crashed(error))
            }
        }
    }
}
