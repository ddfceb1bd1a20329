//! Why a server did not start.

use std::{io, net::SocketAddr, path::PathBuf};

use formhand_engine::EngineError;
use formhand_portal::Diagnostics;
use formhand_store::StoreError;
use thiserror::Error;

use crate::{
    alerts::ChannelError,
    config::{
        AccountError, AlertChannelError, RemoteConfigError, StoreConfigError, TokenError,
        WebhookConfigError,
    },
    post::TlsError,
};

/// A server did not start.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The data folder, or a file in it, cannot be used.
    #[error("cannot use {}: {source}", path.display())]
    Folder {
        /// The folder or file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another server has the data folder.
    #[error("another server uses the data folder {} already (process {owner})", folder.display())]
    FolderTaken {
        /// The folder.
        folder: PathBuf,
        /// The other's process id, or `unknown`.
        owner: String,
    },
    /// The address cannot be had.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// Listening beyond this machine needs a token that somebody chose.
    #[error("{address} can be reached from other machines, and no token was set")]
    NoToken {
        /// The address.
        address: SocketAddr,
    },
    /// Open reading beyond this machine would show personal data to the network.
    #[error("open_reads is set, and {address} can be reached from other machines")]
    OpenToAll {
        /// The address.
        address: SocketAddr,
    },
    /// Without the gate a portal can get a form twice, so no real one may be reached.
    #[error(
        "the gate is switched off, and portal {portal} goes to {origin}, which is not this machine"
    )]
    GateOff {
        /// The portal.
        portal: String,
        /// Where it goes.
        origin: String,
    },
    /// A token that can be guessed.
    #[error(
        "the token of {origin} is not usable: expected at least {} visible ASCII characters",
        crate::access::MIN_TOKEN_LENGTH
    )]
    WeakToken {
        /// Where it came from.
        origin: String,
    },
    /// A token of the configuration cannot be used.
    #[error("token {name} {source}")]
    Token {
        /// Its name.
        name: String,
        /// Why.
        source: TokenError,
    },
    /// Two names for one token: nobody could say who it was.
    #[error("tokens {one} and {other} are the same")]
    TokenTwice {
        /// One of them.
        one: String,
        /// The other.
        other: String,
    },
    /// A definition has mistakes.
    #[error("{0}")]
    Portal(Diagnostics),
    /// Two definitions have the same name.
    #[error("two definitions are of portal {0}")]
    PortalTwice(String),
    /// The configuration speaks of a portal that has no definition.
    #[error("{what} is of portal {portal:?}, which has no definition; there is {known}")]
    UnknownPortal {
        /// What speaks of it.
        what: String,
        /// The portal.
        portal: String,
        /// What there is.
        known: String,
    },
    /// A mapping cannot be read.
    #[error("cannot read {}: {source}", file.display())]
    NoMapping {
        /// The file.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A mapping has mistakes, or does not fit its portal.
    #[error("{0}")]
    Mapping(Diagnostics),
    /// A source is contradictory, or lacks something.
    #[error("intake {name} {message}")]
    Source {
        /// The source.
        name: String,
        /// What is wrong and what would be right.
        message: String,
    },
    /// A secret of an account is not there.
    #[error("account {account} has {source}")]
    Account {
        /// The account.
        account: String,
        /// Why.
        source: AccountError,
    },
    /// What a channel of alerts needs is not there.
    #[error(transparent)]
    AlertChannel(#[from] AlertChannelError),
    /// A channel of alerts cannot be made.
    #[error("cannot make the channels of alerts: {0}")]
    Alerts(#[from] ChannelError),
    /// What a webhook needs is not there, or it waits for what never comes.
    #[error(transparent)]
    Webhook(#[from] WebhookConfigError),
    /// A webhook cannot be made.
    #[error("cannot make the webhooks: {0}")]
    Webhooks(#[from] TlsError),
    /// Object storage for evidence cannot be used.
    #[error(transparent)]
    Evidence(#[from] RemoteConfigError),
    /// What the store needs is not there.
    #[error(transparent)]
    StoreConfig(#[from] StoreConfigError),
    /// The store does not open.
    #[error("cannot open the store: {0}")]
    Store(#[from] StoreError),
    /// The engine does not start.
    #[error("cannot start the engine: {0}")]
    Engine(#[from] EngineError),
}
