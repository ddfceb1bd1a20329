//! Where the log goes.

use std::{fs::OpenOptions, io, os::unix::fs::OpenOptionsExt as _, path::Path};

use formhand_browser::TRACE;
use tracing_subscriber::{
    EnvFilter, Layer as _,
    filter::{FilterExt as _, filter_fn},
    fmt,
    layer::SubscriberExt as _,
    registry,
    util::SubscriberInitExt as _,
};

use super::output::stderr_colour;
use crate::{
    config::{LogConfig, LogFormat},
    telemetry::Traces,
};

/// Logs to standard error from now on, and sends traces where they are wanted. A second call changes nothing.
pub(super) fn log_to_stderr(config: &LogConfig, traces: Option<&Traces>) {
    let filter = EnvFilter::try_new(&config.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    // What is made for traces is in no line, whatever the filter says.
    let filter = filter.and(filter_fn(|metadata| metadata.target() != TRACE));
    let lines = fmt::layer()
        .with_writer(io::stderr)
        // It would be said on standard error, which is what cannot be written, and whoever logs would panic.
        .log_internal_errors(false);
    let lines = match config.format {
        LogFormat::Readable => lines.with_ansi(stderr_colour()).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    let set = registry()
        .with(lines.with_filter(filter))
        .with(traces.map(Traces::layer))
        .try_init();
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
    let filter = EnvFilter::new(format!("info,formhand_engine=debug,{TRACE}=off"));
    drop(
        fmt()
            .with_env_filter(filter)
            .with_ansi(false)
            .with_writer(file)
            .try_init(),
    );
    Ok(())
}
