//! The page of the master's browser: for logins and checks, never for jobs.

use formhand_browser::{Context, Deadline, Page};
use tokio::task::JoinHandle;

use super::{
    Fault,
    establish::{ANSWER_LIMIT, Establisher},
    master::crashed,
};

/// A page that is being emptied. Nothing comes of it if that went wrong.
pub(super) struct Leaving(JoinHandle<Option<Page>>);

impl Establisher {
    pub(super) async fn page(&mut self, context: &Context) -> Result<Page, Fault> {
        if let Some(Leaving(page)) = self.page.take()
            && let Ok(Some(page)) = page.await
            && !page.is_closed()
        {
            return Ok(page);
        }
        Ok(context.page().await.map_err(crashed)?)
    }

    /// Leaves the page empty, since a portal's own scripts may log out where nobody moves. One on which something went
    /// wrong is not used again. Nobody waits for it before the page is needed again.
    pub(super) fn leave(&mut self, page: Page, well: bool) {
        self.page = Some(Leaving(tokio::spawn(async move {
            let limit = Deadline::after(ANSWER_LIMIT);
            if well && page.goto("about:blank", limit).await.is_ok() {
                return Some(page);
            }
            page.close().await;
            None
        })));
    }
}
