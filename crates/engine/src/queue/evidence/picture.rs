//! A picture of the page, with every sensitive value painted over.

use super::seen::{Seen, noted};
use crate::mask::areas;

impl Seen<'_> {
    /// Keeps a picture of this name and says where.
    pub(in crate::queue) async fn keep_picture(&self, name: &'static str) -> Option<String> {
        let sensitive = self.sensitive();
        let taking = self.page.screenshot(&sensitive);
        let picture = self.asked("a picture", taking).await?;
        let areas = areas(&picture.masks);
        let (job, attempt) = (self.job.id, self.job.attempts);
        let evidence = &self.shop.evidence;
        let kept = evidence.keep_picture(job, attempt, name, picture.png, areas);
        noted(self.job, "a picture", kept.await)
    }
}
