//! Why a browser did not do what it was asked.

use crate::cdp::CallError;
use crate::page::PageError;

/// Why a browser or a context did not do what it was asked.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum BrowserError {
    /// The browser is gone.
    #[error("the browser is gone")]
    Gone,
    /// The context is closed.
    #[error("the context is closed")]
    ContextClosed,
    /// The browser did not answer in time.
    #[error("time out waiting for the browser: {waiting_for}")]
    TimedOut {
        /// What was waited for.
        waiting_for: String,
    },
    /// The storage of an origin could not be read or put back.
    #[error("work with the storage of {origin}: {detail}")]
    Storage {
        /// The origin.
        origin: String,
        /// Why.
        detail: String,
    },
    /// The storage of an origin holds what no copy can hold. It does so the next time, too.
    #[error("the storage of {origin} cannot be copied: {detail}")]
    Uncopiable {
        /// The origin.
        origin: String,
        /// What it is, without its content.
        detail: String,
    },
    /// The context has a storage state already.
    #[error("the context has its storage already")]
    HasStorage,
    /// The context's way out could not be opened.
    #[error("open the context's way out: {detail}")]
    NoEgress {
        /// Why.
        detail: String,
    },
    /// Chromium refused a call.
    #[error(transparent)]
    Call(CallError),
}

impl From<CallError> for BrowserError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Closed => Self::Gone,
            CallError::SessionGone { .. } => Self::ContextClosed,
            error => Self::Call(error),
        }
    }
}

impl From<PageError> for BrowserError {
    fn from(error: PageError) -> Self {
        match error {
            PageError::BrowserGone => Self::Gone,
            PageError::Closed => Self::ContextClosed,
            PageError::TimedOut { waiting_for } => Self::TimedOut { waiting_for },
            PageError::Call(error) => Self::Call(error),
            error => Self::TimedOut {
                waiting_for: error.to_string(),
            },
        }
    }
}
