//! The end of a page that nobody asked for.

/// How a page ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Crash {
    /// Its renderer process died.
    Renderer {
        /// Chromium's word for it, for example `crashed` or `oom`.
        status: String,
        /// The exit code or signal.
        code: i64,
    },
    /// The page was closed, by us or by itself.
    Closed,
    /// The whole browser is gone.
    BrowserGone,
}
