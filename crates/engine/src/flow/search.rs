//! Searches the portal for what a record filed.

use formhand_browser::Deadline;
use formhand_domain::{FailureCode, Receipt};
use formhand_portal::Verify;

use super::{
    Run, Stop,
    step::{readback::readback, submit::read_receipt},
    translate,
};

impl Run {
    /// What was filed for the record, or nothing if the portal says that there is nothing. Whatever else it shows is an
    /// error: a guess here would file a second time, or never.
    pub(crate) async fn search(&mut self, verify: &Verify) -> Result<Option<Receipt>, Stop> {
        self.all(&verify.steps).await?;
        let answered = self.answer(verify).await;
        match answered.map_err(|stop| stop.at_step("search")) {
            Err(stop) => Err(self.explain(stop).await),
            answered => answered,
        }
    }

    async fn answer(&mut self, verify: &Verify) -> Result<Option<Receipt>, Stop> {
        let frame = self.page.main();
        let base = &self.portal.base;
        let signs = [&verify.found, &verify.not_found];
        let signs = signs.map(|sign| translate::condition(base, sign));
        let until = Deadline::after(verify.timeout);
        let hit = frame.first_of(&signs, until).await?;
        if hit.index > 0 {
            return Ok(None);
        }
        readback(self, &frame, &verify.readback).await?;
        let receipt = read_receipt(&frame, &verify.receipt).await;
        receipt.map(Some).map_err(|name| {
            let message = format!("something was found, but no {name} of it as declared");
            Stop::failed(FailureCode::PageChanged, message)
        })
    }
}
