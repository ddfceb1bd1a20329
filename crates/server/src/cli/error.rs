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
        let (exit, hint) = (exit_of(&error), hint_of(&error));
        Self::new(exit, error).hint(hint)
    }
}

fn exit_of(error: &ServeError) -> Exit {
    match error {
        ServeError::FolderTaken { .. }
        | ServeError::Listen { .. }
        | ServeError::GateOff { .. }
        | ServeError::Store(
            StoreError::Moved { .. }
            | StoreError::Unfinished
            | StoreError::HalfSealed
            | StoreError::NotSealed
            | StoreError::NoKey { .. }
            | StoreError::OldKey { .. }
            | StoreError::OtherKey { .. },
        ) => Exit::Refused,
        ServeError::Store(_) | ServeError::Engine(_) => Exit::Internal,
        ServeError::Folder { .. }
        | ServeError::NoToken { .. }
        | ServeError::OpenToAll { .. }
        | ServeError::WeakToken { .. }
        | ServeError::Token { .. }
        | ServeError::TokenTwice { .. }
        | ServeError::Portal(_)
        | ServeError::PortalTwice(_)
        | ServeError::UnknownPortal { .. }
        | ServeError::NoMapping { .. }
        | ServeError::Mapping(_)
        | ServeError::Source { .. }
        | ServeError::Account { .. }
        | ServeError::AlertChannel(_)
        | ServeError::Alerts(_)
        | ServeError::Webhook(_)
        | ServeError::Webhooks(_)
        | ServeError::Evidence(_)
        | ServeError::StoreConfig(_) => Exit::BadInput,
    }
}

fn hint_of(error: &ServeError) -> &'static str {
    match error {
        ServeError::Folder { .. } => {
            "make it writable for this user, or choose another with --data"
        }
        ServeError::FolderTaken { .. } => {
            "stop that server, or give this one a folder of its own with --data"
        }
        ServeError::Listen { .. } => {
            "choose another address with --listen; port 0 takes a free one"
        }
        ServeError::NoToken { .. } => {
            "set FORMHAND_TOKEN, `token_file` or `[[tokens]]`, or listen on 127.0.0.1"
        }
        ServeError::OpenToAll { .. } => "remove open_reads, or listen on 127.0.0.1",
        ServeError::GateOff { .. } => {
            "leave out --without-gate; it is for the practice portal alone"
        }
        ServeError::WeakToken { .. } => "`openssl rand -hex 32` makes a good one",
        ServeError::Token { .. } | ServeError::TokenTwice { .. } => {
            "`formhand token create` makes one, and prints the lines for the configuration"
        }
        ServeError::Portal(_) => "`formhand portal check FILE` checks a definition by itself",
        ServeError::PortalTwice(_) | ServeError::UnknownPortal { .. } => {
            "`portals` of the configuration lists the definitions"
        }
        ServeError::NoMapping { .. } | ServeError::Mapping(_) => {
            "`formhand intake check FILE` checks a mapping by itself"
        }
        ServeError::Source { .. } => "`[[intake]]` of the configuration lists the sources",
        ServeError::Account { .. } => "set it, or point the account at another place",
        ServeError::AlertChannel(_) | ServeError::Alerts(_) => {
            "`[alerts]` of the configuration lists the channels"
        }
        ServeError::Webhook(_) | ServeError::Webhooks(_) => {
            "`[[webhooks]]` of the configuration lists them; `formhand doctor` checks each"
        }
        ServeError::Evidence(_) => {
            "`[evidence]` of the configuration says where it is and where its key stands"
        }
        ServeError::StoreConfig(_) => "`[store]` of the configuration says where they are",
        ServeError::Store(StoreError::Moved { .. }) => {
            "`[store]` of the configuration says where jobs are kept: name that database there"
        }
        ServeError::Store(StoreError::Unfinished) => {
            "until then the store that it is copied from goes on"
        }
        ServeError::Store(
            StoreError::NotSealed | StoreError::HalfSealed | StoreError::OldKey { .. },
        ) => "stop all servers of the store first, and make a backup",
        ServeError::Store(StoreError::NoKey { .. } | StoreError::OtherKey { .. }) => {
            "`formhand key id` says which keys are configured"
        }
        ServeError::Store(_) => "`formhand doctor` checks the data folder",
        ServeError::Engine(_) => "`formhand doctor` says what is missing",
    }
}
