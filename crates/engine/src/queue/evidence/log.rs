//! The call log: what was tried. It holds no values.

use super::seen::{Seen, noted};

impl Seen<'_> {
    /// Keeps a call log, if there is one, and says where.
    pub(in crate::queue) async fn keep_log(&self, log: &str) -> Option<String> {
        if log.is_empty() {
            return None;
        }
        let (job, attempt) = (self.job.id, self.job.attempts);
        let kept = self.shop.evidence.keep_text(job, attempt, "call-log", log);
        noted(self.job, "a call log", kept.await)
    }
}
