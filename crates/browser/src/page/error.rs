//! Why a page did not do what it was asked.

use crate::cdp::CallError;

/// Why a page did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PageError {
    /// The deadline passed.
    #[error("time out waiting for {waiting_for}")]
    TimedOut {
        /// What was waited for.
        waiting_for: String,
    },
    /// The address, or one it was redirected to, is of an origin that the context may not visit.
    #[error("open {url}: its origin is not one of those declared")]
    OriginRefused {
        /// The address, without its query.
        url: String,
    },
    /// The network or the server failed.
    #[error("open {url}: {reason}")]
    NotReached {
        /// The address, without its query.
        url: String,
        /// Chromium's word for it, for example `net::ERR_CONNECTION_REFUSED`.
        reason: String,
    },
    /// The page's renderer crashed.
    #[error("the page crashed ({status})")]
    Crashed {
        /// Chromium's word for it.
        status: String,
    },
    /// The page or its context is closed.
    #[error("the page is closed")]
    Closed,
    /// The browser is gone.
    #[error("the browser is gone")]
    BrowserGone,
    /// Chromium refused a call.
    #[error(transparent)]
    Call(CallError),
}
