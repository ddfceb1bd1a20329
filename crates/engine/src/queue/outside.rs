//! What ends the steps of a clone from outside.

use formhand_browser::Deadline;
use tokio::sync::watch;

use super::clone::Clone;
use crate::flow::conditions;

impl Clone<'_> {
    /// Resolves when the server drains and the job can still be given back.
    pub(super) async fn drained(&self) {
        self.shop.draining.cancelled().await;
        if !self.desk.gate.close_if_shut() {
            std::future::pending::<()>().await;
        }
    }

    /// Tells the steps when a sign of being logged out shows. Never returns.
    pub(super) async fn watch_session(&self, over: watch::Sender<bool>) {
        let signs = conditions(&self.portal.base, &self.portal.session.logged_out);
        let of_people = self.shop.timing.take_over.whole;
        let limit = Deadline::after(self.flow.timeout + of_people);
        if !signs.is_empty() && self.page.main().watch_for(&signs, limit).await.is_ok() {
            over.send_replace(true);
        }
        std::future::pending::<()>().await;
    }
}
