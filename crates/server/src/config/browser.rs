//! `[browser]`.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::text::Count;

/// The browsers as written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct BrowserSection {
    worker: Option<PathBuf>,
    master: Option<PathBuf>,
    jobs_per_browser: Option<Count<100_000>>,
}

/// The browsers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BrowserConfig {
    /// The program that works on jobs; found by itself when not given.
    pub worker: Option<PathBuf>,
    /// The program that keeps the sessions; found by itself when not given.
    pub master: Option<PathBuf>,
    /// A worker browser is replaced after this many jobs.
    pub jobs_per_browser: u32,
}

impl BrowserSection {
    /// Puts what is written over what was known before.
    pub(super) fn over(self, before: BrowserConfig, folder: &Path) -> BrowserConfig {
        BrowserConfig {
            worker: self.worker.map(|path| folder.join(path)).or(before.worker),
            master: self.master.map(|path| folder.join(path)).or(before.master),
            jobs_per_browser: self
                .jobs_per_browser
                .map_or(before.jobs_per_browser, |count| count.0),
        }
    }
}
