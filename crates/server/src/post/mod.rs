//! Posting JSON to an address that the operator has configured, and signing it.
//!
//! What is told to whom is the callers' business. Nothing here knows of alerts or jobs.

mod error;
mod sender;
mod signature;

pub use error::{SendError, TlsError};
pub use signature::{SigningKey, WrongKey};

pub(crate) use sender::HttpSender;
pub(crate) use signature::headers;
