//! Where the log goes.

use std::{fs::OpenOptions, io, os::unix::fs::OpenOptionsExt as _, path::Path};

use tracing_subscriber::{EnvFilter, fmt};

use super::output::stderr_colour;
use crate::config::{LogConfig, LogFormat};

/// Logs to standard error from now on. A second call changes nothing.
pub(super) fn log_to_stderr(config: &LogConfig) {
    let filter = EnvFilter::try_new(&config.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        // It would be said on standard error, which is what cannot be written, and whoever logs would panic.
        .log_internal_errors(false);
    let set = match config.format {
        LogFormat::Readable => builder.with_ansi(stderr_colour()).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    // Only a test can have set one before.
    drop(set);
}

/// Logs to a file from now on, for a command that needs the terminal for itself.
pub(super) fn log_to_file(path: &Path) -> io::Result<()> {
    let file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    let filter = EnvFilter::new("info,formhand_engine=debug");
    drop(
        fmt()
            .with_env_filter(filter)
            .with_ansi(false)
            .with_writer(file)
            .try_init(),
    );
    Ok(())
}
