//! Whose request is this? What cannot be said is refused.

use std::sync::Arc;
use std::time::Duration;

use super::hub::Hub;
use crate::context::ContextShared;
use crate::deadline::Deadline;

/// A frame's first request can come a moment before the event that tells of the frame. No longer than this.
const KNOWN_LIMIT: Duration = Duration::from_secs(2);

/// Where a request comes from.
#[derive(Clone)]
pub(crate) struct Origin {
    pub(crate) context: Arc<ContextShared>,
    /// Its page's target; empty for a worker that belongs to no single page.
    pub(crate) page: Arc<str>,
    pub(crate) source: String,
}

impl Hub {
    /// The context, page and description of whatever made a request.
    pub(crate) async fn attribute(&self, frame: &str) -> Option<Origin> {
        let deadline = Deadline::after(KNOWN_LIMIT);
        let mut changed = self.changed.subscribe();
        loop {
            changed.borrow_and_update();
            if let Some(origin) = self.known_origin(frame) {
                return Some(origin);
            }
            if *self.closed.borrow()
                || tokio::time::timeout_at(deadline.instant(), changed.changed())
                    .await
                    .is_err()
            {
                return None;
            }
        }
    }

    pub(crate) fn known_origin(&self, frame: &str) -> Option<Origin> {
        let state = self.state();
        if let Some(page) = state.frames.get(frame) {
            let place = if *page.target == *frame {
                "page"
            } else {
                "frame"
            };
            let url = page.frame(frame).map(|frame| frame.url).unwrap_or_default();
            let source = format!("{place} {}", crate::text::without_query(&url));
            return Some(Origin {
                context: Arc::clone(&page.context),
                page: Arc::clone(&page.target),
                source,
            });
        }
        let target = state.targets.get(frame)?;
        // A page counts only once it is attached: before that nothing of it is set up.
        if target.kind == "page" || target.kind == "iframe" {
            return None;
        }
        let context = Arc::clone(state.contexts.get(&target.context)?);
        let source = format!(
            "{} {}",
            target.kind,
            crate::text::without_query(&target.url)
        );
        Some(Origin {
            context,
            page: "".into(),
            source,
        })
    }
}
