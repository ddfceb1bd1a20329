//! The page as inert HTML.

use super::seen::{Seen, noted};

impl Seen<'_> {
    /// Keeps the documents of the page's frames and says where.
    pub(super) async fn keep_page(&self) -> Vec<String> {
        let sensitive = self.sensitive();
        let taking = self.page.snapshot(&sensitive);
        let Some(documents) = self.asked("a page", taking).await else {
            return Vec::new();
        };
        let documents: Vec<String> = documents.into_iter().map(|one| one.html).collect();
        let (job, attempt) = (self.job.id, self.job.attempts);
        let kept = self.shop.evidence.keep_page(job, attempt, &documents).await;
        noted(self.job, "a page", kept).unwrap_or_default()
    }
}
