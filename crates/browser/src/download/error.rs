//! Why a download did not come.

use crate::cdp::CallError;
use crate::page::PageError;

/// Why a download did not come.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DownloadError {
    /// The deadline passed.
    #[error("time out waiting for {waiting_for}")]
    TimedOut {
        /// What was waited for.
        waiting_for: String,
    },
    /// The address leads to a page.
    #[error("a page came in the place of a download (status {status})")]
    Page {
        /// The page's HTTP status.
        status: u16,
    },
    /// It is larger than it may be; it was broken off.
    #[error("the download is larger than {at_most_bytes} bytes")]
    TooLarge {
        /// How large it may be.
        at_most_bytes: u64,
    },
    /// It ended before its end.
    #[error("the download was cut after {received_bytes} bytes")]
    Cut {
        /// How much had come.
        received_bytes: u64,
    },
    /// Two downloads cannot be waited for at once in one context.
    #[error("another download is waited for")]
    Busy,
    /// The address could not be opened.
    #[error(transparent)]
    Open(PageError),
    /// The disk.
    #[error("failed to keep a download: {0}")]
    Disk(#[from] std::io::Error),
    /// The browser is gone.
    #[error("the browser is gone")]
    BrowserGone,
    /// Chromium refused a call.
    #[error(transparent)]
    Call(CallError),
}

impl From<CallError> for DownloadError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Closed => Self::BrowserGone,
            error => Self::Call(error),
        }
    }
}
