//! `formhand secret …`: the sealed file of secrets. It speaks to no server.

mod ask;
mod list;
mod rekey;
mod remove;
mod set;

use std::sync::Arc;

use clap::{Args, Subcommand};

use super::{CliError, Exit, Output};
use crate::config::{Config, SecretsConfig, SecretsError};

/// What can be done with sealed secrets.
#[derive(Subcommand)]
pub(super) enum SecretCommand {
    /// Put a secret into the sealed file; it is read from standard input
    Set(NameArgs),
    /// List the names of the secrets
    List,
    /// Take a secret out of the sealed file
    Remove(NameArgs),
    /// Seal the file with the present key
    Rekey,
}

/// Which secret.
#[derive(Args)]
pub(super) struct NameArgs {
    /// Its name, as the configuration says it: `password_file = "sealed:NAME"`.
    #[arg(value_parser = name)]
    name: String,
}

fn name(text: &str) -> Result<String, String> {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    if !text.is_empty() && text.len() <= 100 && text.chars().all(is_plain) {
        Ok(text.to_owned())
    } else {
        Err("expected letters, digits, `-`, `_` and `.`, 100 at most".to_owned())
    }
}

/// Runs one of them.
pub(super) fn run(
    command: SecretCommand,
    config: &Config,
    output: Output,
) -> Result<Exit, CliError> {
    let secrets = config.secrets.as_ref().ok_or_else(|| {
        CliError::new(Exit::BadInput, "the configuration names no sealed file")
            .hint("name one under [secrets]: file, and key_env or key_file; `formhand key new` makes a key")
    })?;
    let secrets: &Arc<SecretsConfig> = secrets;
    match command {
        SecretCommand::Set(args) => set::run(&args.name, secrets, output),
        SecretCommand::List => list::run(secrets, output),
        SecretCommand::Remove(args) => remove::run(&args.name, secrets, output),
        SecretCommand::Rekey => rekey::run(secrets, output),
    }
}

fn failed(error: SecretsError) -> CliError {
    let hint = match &error {
        SecretsError::Io { .. } => "may this user write there?",
        SecretsError::Key(_) => "`[secrets]` of the configuration says where the key is",
        SecretsError::NotOpened { .. } | SecretsError::Unreadable(_) => {
            "`formhand key id` says which keys are configured; what was changed by hand has to come from a backup"
        }
    };
    CliError::new(Exit::BadInput, error).hint(hint)
}
