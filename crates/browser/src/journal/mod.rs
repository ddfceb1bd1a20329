//! What the pages of a context wrote to their consoles and asked for, as the browser tells it by itself. The newest of
//! it is kept in memory. Values in it are not blanked yet: [`Journal::redacted`] does that before anything is kept.

mod console;
mod events;
mod request;
mod shared;

use serde::Serialize;

pub use console::ConsoleLine;
pub(crate) use events::{enable, hear};
pub use request::{RequestEnd, RequestLine};
pub(crate) use shared::JournalShared;

use crate::Sensitive;

/// What is written down of the pages of a context.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum JournalScope {
    /// Nothing.
    #[default]
    Nothing,
    /// What they write to their consoles. It costs nothing as long as they write nothing.
    Consoles,
    /// What they ask of servers, too. The browser tells each request in six messages.
    All,
}

/// What the pages of a context wrote to their consoles and asked for, oldest first.
#[derive(Clone, Default, PartialEq, Serialize)]
pub struct Journal {
    /// What was written to consoles.
    pub console: Vec<ConsoleLine>,
    /// What was asked of servers.
    pub requests: Vec<RequestLine>,
    /// Older console lines that were let go.
    pub console_lost: u64,
    /// Older requests that were let go.
    pub requests_lost: u64,
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (lines, requests) = (self.console.len(), self.requests.len());
        write!(formatter, "Journal({lines} lines, {requests} requests)")
    }
}

impl Journal {
    /// The same with every sensitive value blanked.
    #[must_use]
    pub fn redacted(mut self, sensitive: &Sensitive) -> Self {
        for line in &mut self.console {
            line.redact(sensitive);
        }
        for request in &mut self.requests {
            request.redact(sensitive);
        }
        self
    }
}
