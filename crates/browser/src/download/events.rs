//! What Chromium says of downloads. Called in order on the reading task; never waits.

use std::sync::Arc;

use serde_json::json;

use super::slot::State;
use crate::browser::Hub;
use crate::cdp::Event;
use crate::context::ContextShared;

impl Hub {
    /// One begins. It is broken off unless it is the one that its context waits for.
    pub(crate) fn download_began(&self, event: &Event) {
        let id = event.text("guid");
        let context = self.context_of_download(event.text("frameId"));
        let is_wanted = context
            .as_ref()
            .is_some_and(|context| context.download.begin(id, event.text("suggestedFilename")));
        if is_wanted {
            return;
        }
        let mut params = json!({"guid": id});
        if let Some(context) = context {
            params["browserContextId"] = json!(context.id);
        }
        drop(self.connection.send(None, "Browser.cancelDownload", params));
    }

    /// One has come further.
    pub(crate) fn download_advanced(&self, event: &Event) {
        let number = |key: &str| {
            // Chromium counts in floating point; what is not a count is none.
            let bytes = event.params[key].as_f64().unwrap_or_default();
            bytes_of(bytes)
        };
        let (received, total) = (number("receivedBytes"), number("totalBytes"));
        let state = match event.text("state") {
            "completed" => State::Whole,
            "canceled" => State::Cut,
            _ => State::Coming,
        };
        let contexts: Vec<_> = self.state().contexts.values().cloned().collect();
        for context in contexts {
            let is_its_own = context.download.advance(event.text("guid"), |begun| {
                begun.received_bytes = begun.received_bytes.max(received);
                begun.total_bytes = total;
                begun.state = state;
            });
            if is_its_own {
                return;
            }
        }
    }

    /// Whose it is: by its frame, or where that is gone already (a window that opened for it alone), the only context
    /// that waits for one. All others refuse theirs.
    fn context_of_download(&self, frame: &str) -> Option<Arc<ContextShared>> {
        let state = self.state();
        if let Some(page) = state.frames.get(frame) {
            return Some(Arc::clone(&page.context));
        }
        let mut waiting = state
            .contexts
            .values()
            .filter(|context| context.download.is_open());
        let only = waiting.next().cloned();
        only.filter(|_| waiting.next().is_none())
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count of bytes that is larger than what a float holds exactly is not met"
)]
fn bytes_of(bytes: f64) -> u64 {
    bytes.max(0.0) as u64
}
