//! An error as a person at the terminal sees it.

use std::fmt::{Display, Write as _};

use formhand_store::StoreError;

use super::Exit;
use crate::{config::ConfigError, serving::ServeError};

/// What went wrong, what to do, and the exit code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CliError {
    /// The exit code.
    pub exit: Exit,
    /// What went wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl CliError {
    /// An error without a hint.
    pub fn new(exit: Exit, message: impl Display) -> Self {
        Self {
            exit,
            message: message.to_string(),
            hint: None,
        }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Display) -> Self {
        self.hint = Some(hint.to_string());
        self
    }

    /// `error: …`, and after an empty line `hint: …`.
    pub fn render(&self, colour: bool) -> String {
        let (red, cyan, plain) = if colour {
            ("\x1b[1;31m", "\x1b[1;36m", "\x1b[0m")
        } else {
            ("", "", "")
        };
        let message = self.message.trim_end();
        // Diagnostics of a definition begin each of their errors themselves.
        let mut text = match message.strip_prefix("error: ") {
            Some(rest) => format!("{red}error{plain}: {rest}\n"),
            None => format!("{red}error{plain}: {message}\n"),
        };
        if let Some(hint) = &self.hint {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "\n{cyan}hint{plain}: {hint}");
        }
        text
    }
}

impl From<ConfigError> for CliError {
    fn from(error: ConfigError) -> Self {
        let hint = match &error {
            ConfigError::Unreadable { .. } => "name another file with --config",
            _ => "`formhand config print-default` shows every key with its default",
        };
        Self::new(Exit::BadInput, error).hint(hint)
    }
}

impl From<ServeError> for CliError {
    fn from(error: ServeError) -> Self {
        let (exit, hint) = match &error {
            ServeError::Folder { .. } => (
                Exit::BadInput,
                "make it writable for this user, or choose another with --data",
            ),
            ServeError::FolderTaken { .. } => (
                Exit::Refused,
                "stop that server, or give this one a folder of its own with --data",
            ),
            ServeError::Listen { .. } => (
                Exit::Refused,
                "choose another address with --listen; port 0 takes a free one",
            ),
            ServeError::NoToken { .. } => (
                Exit::BadInput,
                "set FORMHAND_TOKEN, `token_file` or `[[tokens]]`, or listen on 127.0.0.1",
            ),
            ServeError::OpenToAll { .. } => {
                (Exit::BadInput, "remove open_reads, or listen on 127.0.0.1")
            }
            ServeError::GateOff { .. } => (
                Exit::Refused,
                "leave out --without-gate; it is for the practice portal alone",
            ),
            ServeError::WeakToken { .. } => {
                (Exit::BadInput, "`openssl rand -hex 32` makes a good one")
            }
            ServeError::Token { .. } | ServeError::TokenTwice { .. } => (
                Exit::BadInput,
                "`formhand token create` makes one, and prints the lines for the configuration",
            ),
            other => of_configuration(other),
        };
        Self::new(exit, error).hint(hint)
    }
}

/// What to do about something that the configuration names, or that it does not.
fn of_configuration(error: &ServeError) -> (Exit, &'static str) {
    match error {
        ServeError::Portal(_) => (
            Exit::BadInput,
            "`formhand portal check FILE` checks a definition by itself",
        ),
        ServeError::PortalTwice(_) | ServeError::UnknownPortal { .. } => (
            Exit::BadInput,
            "`portals` of the configuration lists the definitions",
        ),
        ServeError::NoMapping { .. } | ServeError::Mapping(_) => (
            Exit::BadInput,
            "`formhand intake check FILE` checks a mapping by itself",
        ),
        ServeError::Source { .. } => (
            Exit::BadInput,
            "`[[intake]]` of the configuration lists the sources",
        ),
        ServeError::Account { .. } => (
            Exit::BadInput,
            "set it, or point the account at another place",
        ),
        ServeError::AlertChannel(_) | ServeError::Alerts(_) => (
            Exit::BadInput,
            "`[alerts]` of the configuration lists the channels",
        ),
        ServeError::Evidence(_) => (
            Exit::BadInput,
            "`[evidence]` of the configuration says where it is and where its key stands",
        ),
        ServeError::StoreConfig(_) => (
            Exit::BadInput,
            "`[store]` of the configuration says where they are",
        ),
        ServeError::Store(StoreError::Moved { .. }) => (
            Exit::Refused,
            "`[store]` of the configuration says where jobs are kept: name that database there",
        ),
        ServeError::Store(StoreError::Unfinished) => (
            Exit::Refused,
            "until then the store that it is copied from goes on",
        ),
        ServeError::Store(_) => (Exit::Internal, "`formhand doctor` checks the data folder"),
        ServeError::Engine(_) => (Exit::Internal, "`formhand doctor` says what is missing"),
        _ => (
            Exit::BadInput,
            "`formhand config print-default` shows every key",
        ),
    }
}
