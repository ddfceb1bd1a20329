//! Why an engine does not start.

use std::path::PathBuf;

use formhand_domain::AccountKey;
use thiserror::Error;

/// An engine did not start.
#[derive(Debug, Error)]
pub enum EngineError {
    /// An account names a portal that is not there.
    #[error("account {0} is of a portal that has no definition here")]
    AccountWithoutPortal(AccountKey),
    /// No browser.
    #[error(transparent)]
    Browser(#[from] formhand_browser::LaunchError),
    /// The store.
    #[error(transparent)]
    Store(#[from] formhand_store::StoreError),
    /// There are sources, and the store cannot take records from them.
    #[error(transparent)]
    NoSources(#[from] crate::NoSources),
    /// A folder cannot be made.
    #[error("cannot make {folder}: {source}")]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}
