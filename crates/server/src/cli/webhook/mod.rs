//! `formhand webhook …`

mod deliveries;
mod enable;
mod list;
mod replay;
mod show;
mod test;

use clap::Subcommand;

use super::{CliError, Exit, Output, client::Client};

/// What can be done with webhooks.
#[derive(Subcommand)]
pub(super) enum WebhookCommand {
    /// List who is told what becomes of jobs, and how that goes
    List,
    /// List the messages of one, newest first
    Deliveries(deliveries::DeliveriesArgs),
    /// Show one message, with what is sent and its tries
    Show(show::ShowArgs),
    /// Send messages once more, under the same ids
    Replay(replay::ReplayArgs),
    /// Send a test, and tell what became of it
    Test(test::TestArgs),
    /// Switch one on again that has answered 410 Gone
    Enable(enable::EnableArgs),
}

/// Runs one of them.
pub(super) async fn run(
    command: WebhookCommand,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    match command {
        WebhookCommand::List => list::run(client, output).await,
        WebhookCommand::Deliveries(args) => deliveries::run(&args, client, output).await,
        WebhookCommand::Show(args) => show::run(&args, client, output).await,
        WebhookCommand::Replay(args) => replay::run(&args, client, output).await,
        WebhookCommand::Test(args) => test::run(&args, client, output).await,
        WebhookCommand::Enable(args) => enable::run(&args, client, output).await,
    }
}
