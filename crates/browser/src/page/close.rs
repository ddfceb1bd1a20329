//! Closing a page.

use std::time::Duration;

use serde_json::json;

use super::Page;
use crate::deadline::Deadline;

/// Chromium closes a page within a few milliseconds.
const ASK_AGAIN_AFTER: Duration = Duration::from_millis(100);

/// A page that is still there then goes down with its context or its browser.
const CLOSE_LIMIT: Duration = Duration::from_secs(10);

impl Page {
    /// Closes it, without asking the page. Returns when Chromium says that it is gone, or does not close it.
    ///
    /// Chromium drops the wish to close a page in the moment in which its document is exchanged, and then says that it
    /// is fulfilled. So it is asked until the page is gone.
    pub async fn close(&self) {
        let deadline = Deadline::after(CLOSE_LIMIT);
        while !self.is_closed() && !deadline.has_passed() {
            let closing = self.shared.connection.call(
                None,
                "Target.closeTarget",
                json!({"targetId": &*self.shared.target}),
            );
            let closed = async {
                if closing.await.is_ok() {
                    self.crashed().await;
                }
                // Otherwise there is nothing to be closed, or nobody to close it.
            };
            if tokio::time::timeout(ASK_AGAIN_AFTER, closed).await.is_ok() {
                return;
            }
        }
    }
}
