//! `formhand store …`

mod copy;
mod progress;
mod seal;

use clap::Subcommand;
use formhand_store::SealWish;

use super::{CliError, Exit, Output};
use crate::config::Config;

/// What can be done with the place where jobs are kept.
#[derive(Subcommand)]
pub(super) enum StoreCommand {
    /// Move all that a data folder keeps in SQLite to MongoDB
    Copy(copy::CopyArgs),
    /// Seal the records of a store that is not sealed, with the configured key
    Seal,
    /// Seal the records of a store anew, with the present key in the place of an old one
    Rekey,
}

/// Runs one of them.
pub(super) async fn run(
    command: StoreCommand,
    config: Config,
    output: Output,
) -> Result<Exit, CliError> {
    match command {
        StoreCommand::Copy(args) => copy::run(args, &config, output).await,
        StoreCommand::Seal => seal::run(SealWish::Seal, &config, output).await,
        StoreCommand::Rekey => seal::run(SealWish::Rekey, &config, output).await,
    }
}
