//! The browsers, and when they are replaced.

use std::{path::PathBuf, time::Duration};

/// Which browsers, and where they live.
#[derive(Debug, Clone)]
pub struct BrowserSetup {
    /// The folder for the masters' persistent profiles.
    pub profiles: PathBuf,
    /// The program that works on jobs; found by itself when not given.
    pub worker: Option<PathBuf>,
    /// The program that keeps the session; found by itself when not given.
    pub master: Option<PathBuf>,
    /// When a worker browser is replaced.
    pub wear: Wear,
}

/// What makes a worker browser be replaced, between two jobs. Browsers grow with what they have shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wear {
    /// So many jobs.
    pub jobs: u32,
    /// So long a life.
    pub age: Duration,
    /// So much memory of its processes that they do not share.
    pub memory_bytes: u64,
}

impl Default for Wear {
    fn default() -> Self {
        Self {
            jobs: 200,
            age: Duration::from_hours(4),
            // A fresh browser with two pages has a tenth of it.
            memory_bytes: 1_000_000_000,
        }
    }
}
