//! Where messages go.
//!
//! Addresses come from the operator's configuration alone. Nothing here knows of facts, rules or silences.

mod channel;
mod error;
mod mail;
mod setup;
mod slack;
mod webhook;
mod words;

pub use channel::Channel;
pub use error::ChannelError;
pub use setup::{ChannelKind, ChannelSetup, MailSecurity, MailSetup};

pub use crate::post::{SendError, SigningKey, WrongKey};
