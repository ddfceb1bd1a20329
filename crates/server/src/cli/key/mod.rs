//! `formhand key …`: keys that something is sealed with. It speaks to no server.

mod id;
mod new;

use clap::Subcommand;

use super::{CliError, Exit, Output};
use crate::config::Config;

/// What can be done with keys.
#[derive(Subcommand)]
pub(super) enum KeyCommand {
    /// Make a key to seal with
    New(new::NewArgs),
    /// Say which key a file holds, or which keys the configuration names
    Id(id::IdArgs),
}

/// Runs one of them.
pub(super) fn run(
    command: KeyCommand,
    config: impl FnOnce() -> Result<Config, CliError>,
    output: Output,
) -> Result<Exit, CliError> {
    match command {
        KeyCommand::New(args) => new::run(&args, output),
        KeyCommand::Id(args) => id::run(args, config, output),
    }
}
