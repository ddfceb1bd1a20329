//! `Context`: the handle.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::shared::{ContextShared, Refused};
use crate::action::CallLog;
use crate::browser::{Browser, BrowserError};
use crate::cdp::CallError;
use crate::deadline::Deadline;
use crate::frame::WaitError;
use crate::journal::{Journal, JournalShared};
use crate::page::{Page, PageShared};

/// Making a page takes tens of milliseconds; a browser that needs longer than this hangs.
pub(crate) const MAKE_LIMIT: Duration = Duration::from_secs(20);

/// A browser context. Cheap to clone; all clones are the same context. It lives until it is closed or its browser
/// ends.
#[derive(Clone)]
pub struct Context {
    pub(crate) browser: Browser,
    pub(crate) shared: Arc<ContextShared>,
    /// The context of a profile cannot be disposed of, only emptied of pages.
    pub(crate) disposable: bool,
}

impl Context {
    pub(crate) fn new(browser: Browser, shared: Arc<ContextShared>, disposable: bool) -> Self {
        Self {
            browser,
            shared,
            disposable,
        }
    }

    /// Its browser.
    pub fn browser(&self) -> &Browser {
        &self.browser
    }

    /// Opens a tab. Session storage that the context was made with is there already.
    pub async fn page(&self) -> Result<Page, BrowserError> {
        let page = self.blank_page().await?;
        self.restore_into(&page).await?;
        Ok(page)
    }

    /// A tab without any storage put back.
    pub(crate) async fn blank_page(&self) -> Result<Page, BrowserError> {
        if self.shared.is_closed() {
            return Err(BrowserError::ContextClosed);
        }
        let _mine = self.shared.making_page.lock().await;
        let mut params = json!({"url": "about:blank"});
        if self.browser.hub().drawing.is_on_demand() {
            params["enableBeginFrameControl"] = json!(true);
        }
        if self.disposable {
            params["browserContextId"] = Value::from(self.shared.id.as_str());
        }
        let making = self
            .browser
            .connection()
            .call(None, "Target.createTarget", params);
        let deadline = Deadline::after(MAKE_LIMIT);
        let made = tokio::time::timeout_at(deadline.instant(), making)
            .await
            .map_err(|_| made_in_time())??;
        let target = made["targetId"].as_str().unwrap_or_default();
        let shared = self
            .claimed(target, deadline)
            .await
            .ok_or_else(made_in_time)?;
        shared.set_up(deadline).await.ok_or_else(made_in_time)?;
        Ok(Page {
            shared,
            browser: self.browser.clone(),
        })
    }

    async fn claimed(&self, target: &str, deadline: Deadline) -> Option<Arc<PageShared>> {
        let mut changed = self.shared.changed.subscribe();
        loop {
            changed.borrow_and_update();
            if let Some(page) = self.shared.claim(target) {
                return Some(page);
            }
            tokio::time::timeout_at(deadline.instant(), changed.changed())
                .await
                .ok()?
                .ok()?;
        }
    }

    /// The next tab or window that a page of this context opened and that nobody has asked for yet.
    pub async fn next_page(&self, deadline: Deadline) -> Result<Page, WaitError> {
        let mut changed = self.shared.changed.subscribe();
        loop {
            changed.borrow_and_update();
            let found = {
                let _not_while_one_is_made = self.shared.making_page.lock().await;
                self.shared.claim_next()
            };
            if let Some(shared) = found {
                shared.set_up(deadline).await.ok_or_else(no_pop_up)?;
                return Ok(Page {
                    shared,
                    browser: self.browser.clone(),
                });
            }
            if self.shared.is_closed() {
                return Err(WaitError::Closed);
            }
            tokio::select! {
                waited = tokio::time::timeout_at(deadline.instant(), changed.changed()) => {
                    if waited.is_err() {
                        return Err(no_pop_up());
                    }
                }
                _ = self.browser.gone() => return Err(WaitError::BrowserGone),
            }
        }
    }

    /// Closes the tabs and windows that pages of this context opened and that nobody has asked for.
    pub async fn close_unclaimed(&self) {
        loop {
            let found = {
                let _not_while_one_is_made = self.shared.making_page.lock().await;
                self.shared.claim_next()
            };
            let Some(shared) = found else {
                return;
            };
            let browser = self.browser.clone();
            Page { shared, browser }.close().await;
        }
    }

    /// The requests that were refused so far, by the gate or because of their origin.
    pub fn refused(&self) -> Vec<Refused> {
        self.shared.refused()
    }

    /// What its pages wrote to their consoles and asked for so far, nothing if that was not asked for. Values are not
    /// blanked yet. The messages that it is made of came by themselves.
    pub fn journal(&self) -> Journal {
        let journal = self.shared.journal.as_ref();
        journal.map(JournalShared::copy).unwrap_or_default()
    }

    /// Whether it has been closed.
    pub fn is_closed(&self) -> bool {
        self.shared.is_closed()
    }
}

impl std::fmt::Debug for Context {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Context({})", self.shared.id)
    }
}

fn made_in_time() -> BrowserError {
    BrowserError::TimedOut {
        waiting_for: "a new page".to_owned(),
    }
}

fn no_pop_up() -> WaitError {
    WaitError::TimedOut {
        waiting_for: "a new page".to_owned(),
        last_seen: "none was opened".to_owned(),
        call_log: CallLog::default(),
    }
}

impl From<CallError> for WaitError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Closed => Self::BrowserGone,
            CallError::SessionGone { .. } => Self::Closed,
            error => Self::Protocol {
                detail: error.to_string(),
            },
        }
    }
}
