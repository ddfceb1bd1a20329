//! What a channel is told at its start, secrets included.

use formhand_domain::Secret;
use lettre::message::Mailbox;
use url::Url;

use super::SigningKey;

/// A channel.
#[derive(Debug, Clone)]
pub struct ChannelSetup {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: ChannelKind,
}

/// What a channel is.
#[derive(Debug, Clone)]
pub enum ChannelKind {
    /// A mail.
    Mail(MailSetup),
    /// A webhook that takes what Slack takes.
    Slack {
        /// Its address, which is a secret.
        url: Url,
    },
    /// A webhook that takes what `docs/ALERTS.md` says, signed.
    Webhook {
        /// Its address.
        url: Url,
        /// What it is signed with.
        key: SigningKey,
    },
}

/// Where mail goes.
#[derive(Debug, Clone)]
pub struct MailSetup {
    /// The server that takes it.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way there is kept secret.
    pub security: MailSecurity,
    /// User and password, if the server wants them.
    pub login: Option<(String, Secret)>,
    /// The sender.
    pub from: Mailbox,
    /// Who gets it.
    pub to: Vec<Mailbox>,
}

/// How the way to a mail server is kept secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailSecurity {
    /// It begins in the clear and must become TLS before anything is said.
    StartTls,
    /// TLS from the start.
    Tls,
    /// Not at all. For a server on this machine.
    None,
}

impl ChannelKind {
    /// Its name on the wire.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Mail(_) => "mail",
            Self::Slack { .. } => "slack",
            Self::Webhook { .. } => "webhook",
        }
    }
}
