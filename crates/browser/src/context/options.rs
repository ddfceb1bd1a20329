//! What a new context is like.

use crate::context::StorageState;
use crate::gate::{GateOptions, UrlGlob};
use crate::journal::JournalScope;

/// What a new context is like.
#[derive(Debug, Clone)]
pub struct ContextOptions {
    /// The origins whose documents may be opened, in tabs and frames, for example `https://a.example`. None: none.
    pub origins: Vec<String>,
    /// For example `en-IN`.
    pub locale: Option<String>,
    /// For example `Asia/Kolkata`.
    pub time_zone: Option<String>,
    /// Cookies and storage to start with.
    pub storage: Option<StorageState>,
    /// The requests that file something, and who decides about them.
    pub gate: Option<GateOptions>,
    /// Width and height of the pages.
    pub viewport: (u32, u32),
    /// Answers that a [`Condition::Response`](crate::Condition::Response) will ask for. One that is not declared
    /// here is only seen from the first wait for it on.
    pub watch: Vec<UrlGlob>,
    /// What is written down of its pages; see [`Context::journal`](crate::Context::journal).
    pub journal: JournalScope,
}

impl Default for ContextOptions {
    fn default() -> Self {
        Self {
            origins: Vec::new(),
            locale: None,
            time_zone: None,
            storage: None,
            gate: None,
            viewport: (1366, 900),
            watch: Vec::new(),
            journal: JournalScope::Nothing,
        }
    }
}
