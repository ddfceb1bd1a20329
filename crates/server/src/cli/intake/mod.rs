//! `formhand intake …`

mod check;
mod list;
mod quarantine;
mod show;

use clap::Subcommand;

use super::{CliError, Exit, Output, client::Client};

/// What can be done with the collections that records are taken from.
#[derive(Subcommand)]
pub(super) enum IntakeCommand {
    /// List the collections that records are taken from, and how they stand
    List,
    /// Show one of them
    Show(show::ShowArgs),
    /// See to documents that could not be taken
    #[command(subcommand)]
    Quarantine(quarantine::QuarantineCommand),
    /// Check a mapping, and say what becomes of a document by it; no server is needed
    Check(check::CheckArgs),
}

/// Runs one of them.
pub(super) async fn run(
    command: IntakeCommand,
    client: impl FnOnce() -> Result<Client, CliError>,
    output: Output,
) -> Result<Exit, CliError> {
    match command {
        IntakeCommand::Check(args) => check::run(&args, output),
        IntakeCommand::List => list::run(&client()?, output).await,
        IntakeCommand::Show(args) => show::run(&args, &client()?, output).await,
        IntakeCommand::Quarantine(command) => quarantine::run(command, &client()?, output).await,
    }
}
