//! The page of the master's browser: for logins and checks, never for jobs.

use formhand_browser::{Context, Deadline, Page};

use super::{
    Fault,
    establish::{ANSWER_LIMIT, Establisher},
    master::crashed,
};

impl Establisher {
    pub(super) async fn page(&mut self, context: &Context) -> Result<Page, Fault> {
        match self.page.take() {
            Some(page) if !page.is_closed() => Ok(page),
            _ => Ok(context.page().await.map_err(crashed)?),
        }
    }

    /// Leaves the page empty, since a portal's own scripts may log out where nobody moves. One on which something went
    /// wrong is not used again.
    pub(super) async fn leave(&mut self, page: Page, well: bool) {
        let limit = Deadline::after(ANSWER_LIMIT);
        if well && page.goto("about:blank", limit).await.is_ok() {
            self.page = Some(page);
        } else {
            page.close().await;
        }
    }
}
