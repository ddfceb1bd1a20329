//! `formhand store …`

mod copy;
mod progress;

use clap::Subcommand;

use super::{CliError, Exit, Output};
use crate::config::Config;

/// What can be done with the place where jobs are kept.
#[derive(Subcommand)]
pub(super) enum StoreCommand {
    /// Move all that a data folder keeps in SQLite to MongoDB
    Copy(copy::CopyArgs),
}

/// Runs one of them.
pub(super) async fn run(
    command: StoreCommand,
    config: Config,
    output: Output,
) -> Result<Exit, CliError> {
    match command {
        StoreCommand::Copy(args) => copy::run(args, &config, output).await,
    }
}
