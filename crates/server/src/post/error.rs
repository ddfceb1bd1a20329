//! Why something cannot be sent.

use std::error::Error;

use thiserror::Error;

/// Without TLS nothing is sent.
#[derive(Debug, Error)]
#[error("TLS cannot be set up: {0}")]
pub struct TlsError(pub String);

/// A message was not taken. What it says is for the operator: neither an address nor a secret.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct SendError(pub String);

impl SendError {
    /// The innermost reason of an error, which is the one that a person can use.
    pub(crate) fn of(error: &(dyn Error + 'static)) -> Self {
        let mut cause = error;
        while let Some(inner) = cause.source() {
            cause = inner;
        }
        Self(cause.to_string())
    }
}
