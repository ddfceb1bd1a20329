//! Whether the server is to take no more work, though it goes on running.

use tokio::sync::watch;

/// The one place that says so.
pub(crate) struct Paused(watch::Sender<bool>);

impl Default for Paused {
    fn default() -> Self {
        Self(watch::Sender::new(false))
    }
}

impl Paused {
    /// To see it, and to be told when it changes.
    pub(crate) fn watch(&self) -> watch::Receiver<bool> {
        self.0.subscribe()
    }

    /// Says it. True if that is news.
    pub(super) fn set(&self, paused: bool) -> bool {
        self.0
            .send_if_modified(|before| std::mem::replace(before, paused) != paused)
    }
}
