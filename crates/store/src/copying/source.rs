//! The source, beside the async threads.

use std::path::Path;

use formhand_seal::Keyring;
use tokio::{sync::mpsc, task::spawn_blocking};

use super::{Batch, CopyError};
use crate::{StoreError, sqlite::Export};

/// Batches that wait for the target. One is read while one is written.
const WAITING: usize = 1;

/// The store that is moved. It is let go when a call of it fails or is dropped, and what is not marked is as it was.
pub(super) struct Source(Export);

impl Source {
    /// Opens the file, which must be there.
    pub(super) async fn open(file: &Path, keys: Option<&Keyring>) -> Result<Self, CopyError> {
        if !file.exists() {
            return Err(CopyError::NoSource(file.to_owned()));
        }
        let file = file.to_owned();
        let keys = keys.cloned();
        let export = beside(move || Export::open(&file, keys.as_ref())).await?;
        Ok(Self(export))
    }

    /// Does something with it.
    pub(super) async fn run<T: Send + 'static>(
        self,
        work: impl FnOnce(&Export) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<(Self, T), CopyError> {
        beside(move || {
            let done = work(&self.0)?;
            Ok((self, done))
        })
        .await
    }

    /// Hands everything over, batch by batch. It ends early if the receiver is gone.
    pub(super) fn hand_over(
        self,
    ) -> (
        mpsc::Receiver<Batch>,
        impl Future<Output = Result<Self, CopyError>> + Send,
    ) {
        let (sender, receiver) = mpsc::channel(WAITING);
        let reading = spawn_blocking(move || {
            self.0.hand_over(&sender)?;
            Ok(self)
        });
        let ended = async { reading.await.unwrap_or_else(|_| Err(broken_off())) };
        (receiver, async { ended.await.map_err(CopyError::Source) })
    }
}

async fn beside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, CopyError> {
    let done = spawn_blocking(work).await;
    done.unwrap_or_else(|_| Err(broken_off()))
        .map_err(CopyError::Source)
}

fn broken_off() -> StoreError {
    StoreError::Gone("reading it broke off".into())
}
