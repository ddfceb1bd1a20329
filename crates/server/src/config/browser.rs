//! `[browser]`.

use std::path::{Path, PathBuf};

use formhand_engine::Wear;
use serde::Deserialize;

use super::text::{Count, Span, Text};

/// The browsers as written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct BrowserSection {
    worker: Option<PathBuf>,
    master: Option<PathBuf>,
    jobs_per_browser: Option<Count<100_000>>,
    max_age: Option<Text<Span>>,
    max_memory_mb: Option<Count<1_000_000>>,
}

/// The browsers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BrowserConfig {
    /// The program that works on jobs; found by itself when not given.
    pub worker: Option<PathBuf>,
    /// The program that keeps the sessions; found by itself when not given.
    pub master: Option<PathBuf>,
    /// When a worker browser is replaced.
    pub wear: Wear,
}

impl BrowserSection {
    /// Puts what is written over what was known before.
    pub(super) fn over(self, before: BrowserConfig, folder: &Path) -> BrowserConfig {
        BrowserConfig {
            worker: self.worker.map(|path| folder.join(path)).or(before.worker),
            master: self.master.map(|path| folder.join(path)).or(before.master),
            wear: Wear {
                jobs: self
                    .jobs_per_browser
                    .map_or(before.wear.jobs, |count| count.0),
                age: self
                    .max_age
                    .map_or(before.wear.age, |Text(Span(span))| span.unsigned_abs()),
                memory_bytes: self
                    .max_memory_mb
                    .map_or(before.wear.memory_bytes, |count| {
                        u64::from(count.0) * 1_000_000
                    }),
            },
        }
    }
}
