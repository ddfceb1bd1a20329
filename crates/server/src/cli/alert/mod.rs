//! `formhand alert …`

mod list;
mod silence;
mod test;

use clap::Subcommand;

use super::{CliError, Exit, Output, client::Client};

/// What can be done with alerts.
#[derive(Subcommand)]
pub(super) enum AlertCommand {
    /// List what is the matter, what is silenced, and whether the channels work
    List,
    /// Send a test through the channels, and tell what became of it
    Test(test::TestArgs),
    /// Keep something from being told for a while
    Silence(silence::SilenceArgs),
    /// Let it be told again
    Unsilence(silence::UnsilenceArgs),
}

/// Runs one of them.
pub(super) async fn run(
    command: AlertCommand,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    match command {
        AlertCommand::List => list::run(client, output).await,
        AlertCommand::Test(args) => test::run(&args, client, output).await,
        AlertCommand::Silence(args) => silence::run(&args, client, output).await,
        AlertCommand::Unsilence(args) => silence::end(&args, client, output).await,
    }
}
