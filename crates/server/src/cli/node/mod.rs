//! `formhand node …`

mod drain;
mod list;

use clap::Subcommand;

use super::{CliError, Exit, Output, client::Client};

/// What can be done with the servers of a store.
#[derive(Subcommand)]
pub(super) enum NodeCommand {
    /// List the servers that work together
    List,
    /// Have a server take no more work: it finishes what it has and hands its sessions over
    Drain(drain::DrainArgs),
    /// Let a drained server work again
    Resume(drain::ResumeArgs),
}

/// Runs one of them.
pub(super) async fn run(
    command: NodeCommand,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    match command {
        NodeCommand::List => list::run(client, output).await,
        NodeCommand::Drain(args) => drain::run(&args, client, output).await,
        NodeCommand::Resume(args) => drain::resume(&args, client, output).await,
    }
}
