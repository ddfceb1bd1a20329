//! Why a channel cannot be used.

use thiserror::Error;

use crate::post::TlsError;

/// A channel cannot be made.
#[derive(Debug, Error)]
pub enum ChannelError {
    /// Without TLS nothing is sent.
    #[error(transparent)]
    Tls(#[from] TlsError),
}
