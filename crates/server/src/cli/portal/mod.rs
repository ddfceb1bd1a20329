//! `formhand portal …`

mod check;
mod schema;

use clap::Subcommand;

pub(super) use check::listed;

use super::{CliError, Exit, Output};

/// What can be done with portal definitions.
#[derive(Subcommand)]
pub(super) enum PortalCommand {
    /// Check a definition and say what is wrong where
    Check(check::CheckArgs),
    /// Print the JSON Schema of definitions, for editors
    Schema,
}

/// Runs one of them.
pub(super) fn run(command: PortalCommand, output: Output) -> Result<Exit, CliError> {
    match command {
        PortalCommand::Check(args) => check::run(args, output),
        PortalCommand::Schema => Ok(schema::run(output)),
    }
}
