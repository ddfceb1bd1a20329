//! `formhand session …`

mod args;
mod list;
mod show;
mod wait;
mod wish;

use clap::Subcommand;

use super::{CliError, Exit, Output, client::Client};

/// What can be done with sessions.
#[derive(Subcommand)]
pub(super) enum SessionCommand {
    /// List the sessions, how old they are and what went wrong with them
    List,
    /// Show a session and what happened to it
    Show(show::ShowArgs),
    /// Bring a session back, whatever it looks like
    Recover(wish::WishArgs),
    /// Log in, unless the account is logged in
    Login(wish::WishArgs),
    /// Give a session up; the next job logs in again
    Logout(wish::WishArgs),
}

/// Runs one of them.
pub(super) async fn run(
    command: SessionCommand,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    match command {
        SessionCommand::List => list::run(client, output).await,
        SessionCommand::Show(args) => show::run(&args, client, output).await,
        SessionCommand::Recover(args) => wish::recover(&args, client, output).await,
        SessionCommand::Login(args) => wish::login(&args, client, output).await,
        SessionCommand::Logout(args) => wish::logout(&args, client, output).await,
    }
}
