//! `formhand account …`

mod forgive;
mod list;
mod view;

use clap::Subcommand;

use super::{CliError, Exit, Output, client::Client};

/// What can be done with accounts.
#[derive(Subcommand)]
pub(super) enum AccountCommand {
    /// List the accounts and where their sessions stand
    List,
    /// Say that an account's credentials are right now, so that they may be tried again
    Forgive(forgive::ForgiveArgs),
}

/// Runs one of them.
pub(super) async fn run(
    command: AccountCommand,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    match command {
        AccountCommand::List => list::run(client, output).await,
        AccountCommand::Forgive(args) => forgive::run(&args, client, output).await,
    }
}
