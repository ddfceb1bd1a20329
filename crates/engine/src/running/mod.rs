//! A running engine, as its owner sees it.

use formhand_domain::AccountKey;
use thiserror::Error;

use crate::{EngineSetup, Intake};

/// An engine that works until it is drained.
pub struct Engine {
    intake: Intake,
}

/// An engine did not start.
#[derive(Debug, Error)]
pub enum EngineError {
    /// An account names a portal that is not there.
    #[error("account {0} is of a portal that has no definition here")]
    AccountWithoutPortal(AccountKey),
    /// No browser.
    #[error("{0}")]
    Browser(String),
    /// The store.
    #[error(transparent)]
    Store(#[from] formhand_store::StoreError),
    /// A folder cannot be made.
    #[error("cannot make {folder}: {source}")]
    Folder {
        /// The folder.
        folder: std::path::PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl Engine {
    /// Recovers what a former process of this server left, then starts to work.
    #[expect(clippy::unused_async, reason = "being written")]
    pub async fn start(setup: EngineSetup) -> Result<Self, EngineError> {
        let intake = Intake::new(setup.store, setup.clock, &setup.portals, &setup.accounts);
        Ok(Self { intake })
    }

    /// The door for records.
    pub fn intake(&self) -> &Intake {
        &self.intake
    }

    /// Takes no more jobs, lets those that are past arming finish, gives the others back, and closes the browsers.
    pub async fn drain(&self) {}

    /// Why the engine cannot work at present; nothing if it can.
    pub fn not_ready(&self) -> Option<String> {
        None
    }
}
