//! Why a wait ended without what was waited for.

use crate::action::CallLog;
use crate::page::PageError;

/// Why a wait ended without what was waited for.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum WaitError {
    /// The deadline passed.
    #[error("time out waiting for {waiting_for}; last seen: {last_seen}")]
    TimedOut {
        /// The conditions.
        waiting_for: String,
        /// The state of each when the time was over.
        last_seen: String,
        /// What was seen on the way.
        call_log: CallLog,
    },
    /// A condition is about one element, and several visible ones match.
    #[error("condition {index}: {count} elements match, not one")]
    Ambiguous {
        /// Which condition.
        index: usize,
        /// How many elements.
        count: usize,
    },
    /// The locators of a condition's target find different elements.
    #[error("condition {index}: its locators find different elements")]
    Disagree {
        /// Which condition.
        index: usize,
    },
    /// A locator or an expression cannot be read.
    #[error("the condition cannot be read: {what}")]
    Invalid {
        /// What is wrong.
        what: String,
    },
    /// The page's renderer crashed.
    #[error("the page crashed")]
    PageCrashed,
    /// The page, its frame or its context is closed.
    #[error("the page is closed")]
    Closed,
    /// The browser is gone.
    #[error("the browser is gone")]
    BrowserGone,
    /// Chromium refused a call.
    #[error("Chromium refused: {detail}")]
    Protocol {
        /// Its words.
        detail: String,
    },
}

impl From<PageError> for WaitError {
    fn from(error: PageError) -> Self {
        match error {
            PageError::Crashed { .. } => Self::PageCrashed,
            PageError::Closed => Self::Closed,
            PageError::BrowserGone => Self::BrowserGone,
            error => Self::Protocol {
                detail: error.to_string(),
            },
        }
    }
}
