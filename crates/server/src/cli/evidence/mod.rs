//! `formhand evidence …`

mod verify;

use clap::Subcommand;

use super::{CliError, Exit, Output, client::Client};

/// What can be done with what is kept of attempts.
#[derive(Subcommand)]
pub(super) enum EvidenceCommand {
    /// Check that the files of a filed job are those that its receipt was written over
    Verify(verify::VerifyArgs),
}

/// Runs one of them.
pub(super) async fn run(
    command: EvidenceCommand,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    match command {
        EvidenceCommand::Verify(args) => verify::run(&args, client, output).await,
    }
}
