//! `formhand audit …`

mod export;
mod head;
mod list;
mod source;
mod verify;

use clap::Subcommand;

use self::source::Source;
use super::{CliError, Exit, Output, client::Client};
use crate::config::Config;

/// What can be done with the audit. It is read where it is kept, also while a server works there, or with --server from
/// that server.
#[derive(Subcommand)]
pub(super) enum AuditCommand {
    /// List what happened, oldest first
    List(list::ListArgs),
    /// Prove that nothing of it was changed, taken out or put in
    Verify(verify::VerifyArgs),
    /// Print its head, to be kept elsewhere
    Head,
    /// Write all of it as JSON Lines, with what proves it
    Export,
}

/// Runs one of them.
pub(super) async fn run(
    command: AuditCommand,
    server: Option<Client>,
    config: impl FnOnce() -> Result<Config, CliError>,
    output: Output,
) -> Result<Exit, CliError> {
    if let AuditCommand::Verify(args) = &command
        && let Some(file) = &args.export
    {
        return verify::file(file, args.head, output);
    }
    let source = match server {
        Some(client) => Source::Server(client),
        None => Source::open(&config()?).await?,
    };
    let done = match command {
        AuditCommand::List(args) => list::run(&args, &source, output).await,
        AuditCommand::Verify(args) => verify::run(args.head, &source, output).await,
        AuditCommand::Head => head::run(&source, output).await,
        AuditCommand::Export => export::run(&source, output).await,
    };
    source.close().await?;
    done
}
