//! `formhand token …`: who may use the API. It speaks to no server: tokens are what the configuration says.

mod create;
mod list;

use clap::Subcommand;

use super::{CliError, Exit, Output};
use crate::config::Config;

/// What can be done with tokens.
#[derive(Subcommand)]
pub(super) enum TokenCommand {
    /// Make a token, and print the lines of the configuration that let it in
    Create(create::CreateArgs),
    /// List the tokens of the configuration
    List,
}

/// Runs one of them.
pub(super) fn run(
    command: TokenCommand,
    config: impl FnOnce() -> Result<Config, CliError>,
    output: Output,
) -> Result<Exit, CliError> {
    match command {
        TokenCommand::Create(args) => Ok(create::run(&args, output)),
        TokenCommand::List => Ok(list::run(&config()?, output)),
    }
}
