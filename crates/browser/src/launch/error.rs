//! Why a browser did not start.

use std::path::PathBuf;

/// Why a browser did not start. Nothing of it is left behind: no process and no temporary folder.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LaunchError {
    /// No such program is installed.
    #[error(
        "find {program}: none of {searched:?} exists (on Debian it comes in the package `{package}`)"
    )]
    NotInstalled {
        /// The program.
        program: &'static str,
        /// The package that brings it.
        package: &'static str,
        /// Where it was looked for.
        searched: Vec<PathBuf>,
    },
    /// The profile folder could not be made.
    #[error("make the profile folder: {source}")]
    Profile {
        /// The system's reason.
        source: std::io::Error,
    },
    /// The profile is in use by another browser.
    #[error("start the browser: its profile is in use by another one: {detail}")]
    ProfileInUse {
        /// What the browser said.
        detail: String,
    },
    /// The way out of the browser could not be opened.
    #[error("open the browser's way out: {source}")]
    NoEgress {
        /// The system's reason.
        source: std::io::Error,
    },
    /// The process could not be started.
    #[error("start {executable}: {source}")]
    Spawn {
        /// The program.
        executable: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The process ended before it answered.
    #[error("start the browser: it ended at once ({ended}): {stderr}")]
    Died {
        /// How it ended.
        ended: String,
        /// The last lines it wrote.
        stderr: String,
    },
    /// The process did not answer in time.
    #[error("start the browser: no answer within {waited_ms} ms: {stderr}")]
    TimedOut {
        /// How long was waited.
        waited_ms: u64,
        /// The last lines it wrote.
        stderr: String,
    },
    /// It answered, but refused to be set up.
    #[error("set the browser up: {0}")]
    Call(#[from] crate::cdp::CallError),
}
