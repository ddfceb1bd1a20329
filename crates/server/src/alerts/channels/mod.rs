//! Where messages go.
//!
//! Addresses come from the operator's configuration alone. Nothing here knows of facts, rules or silences.

mod channel;
mod error;
mod http;
mod mail;
mod setup;
mod signature;
mod slack;
mod webhook;
mod words;

pub use channel::Channel;
pub use error::{ChannelError, SendError};
pub use setup::{ChannelKind, ChannelSetup, MailSecurity, MailSetup};
pub use signature::{SigningKey, WrongKey};
