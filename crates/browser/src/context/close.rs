//! `Context::close`: after it no request of the context can leave any more.

use std::time::Duration;

use serde_json::json;

use super::handle::Context;
use crate::browser::BrowserError;
use crate::gate::Paused;

/// Chromium disposes of a context within tens of milliseconds, also when a page of it hangs.
const CLOSE_LIMIT: Duration = Duration::from_secs(10);

impl Context {
    /// Closes it with all its pages. What the gate still holds fails; what has passed may be on its way, and the gate
    /// is told that its answer is lost. When this returns without an error no request can leave any more. After an
    /// error only the browser's end makes that certain.
    pub async fn close(&self) -> Result<(), BrowserError> {
        // First, so that the gate lets nothing go while Chromium takes the pages down.
        self.shared.mark_closed();
        if !self
            .browser
            .hub()
            .state()
            .contexts
            .contains_key(&self.shared.id)
        {
            return Ok(());
        }
        let closing = async {
            if self.disposable {
                let params = json!({"browserContextId": self.shared.id});
                self.browser
                    .connection()
                    .call(None, "Target.disposeBrowserContext", params)
                    .await?;
            } else {
                self.close_pages().await?;
            }
            Ok::<_, BrowserError>(())
        };
        let closed = tokio::time::timeout(CLOSE_LIMIT, closing).await;
        let id = self.shared.id.clone();
        Paused::lost_all(self.browser.hub(), "the context was closed", |flight| {
            flight.context == id
        });
        match closed {
            Err(_) => {
                return Err(BrowserError::TimedOut {
                    waiting_for: "the context to close".to_owned(),
                });
            }
            // A browser that is gone sends nothing.
            Ok(Ok(()) | Err(BrowserError::Gone)) => {}
            Ok(Err(error)) => return Err(error),
        }
        self.shared.downloads.remove();
        self.browser.hub().forget(&self.shared.id);
        match self
            .browser
            .update_patterns()
            .await
            .map_err(BrowserError::from)
        {
            Ok(()) | Err(BrowserError::Gone) => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn close_pages(&self) -> Result<(), BrowserError> {
        let pages: Vec<_> = {
            let state = self.browser.hub().state();
            let own =
                |page: &&std::sync::Arc<crate::page::PageShared>| page.context.id == self.shared.id;
            state.sessions.values().filter(own).cloned().collect()
        };
        for shared in pages {
            crate::page::Page {
                shared,
                browser: self.browser.clone(),
            }
            .close()
            .await;
        }
        Ok(())
    }
}
