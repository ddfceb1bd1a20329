//! What the pages wrote to their consoles and asked of servers.

use formhand_browser::Context;
use serde_json::json;

use super::seen::{Seen, noted};

impl Seen<'_> {
    /// Keeps consoles and requests and says where.
    pub(super) async fn keep_journal(&self, context: &Context) -> Vec<String> {
        self.page.note_errors().await;
        let journal = context.journal().redacted(&self.sensitive());
        let console = json!({"lines": journal.console, "olderLost": journal.console_lost});
        let network = json!({"requests": journal.requests, "olderLost": journal.requests_lost});
        let (job, attempt) = (self.job.id, self.job.attempts);
        let mut kept = Vec::new();
        for (name, content) in [("console", &console), ("network", &network)] {
            let keeping = self.shop.evidence.keep_json(job, attempt, name, content);
            kept.extend(noted(self.job, name, keeping.await));
        }
        kept
    }
}
