//! Opening a store, whichever it is.

use std::{fmt, path::PathBuf, sync::Arc};

use formhand_seal::Keyring;
use jiff::Timestamp;

use crate::{
    MongoStore, Resealed, SealError, SealWish, SqliteStore, Store, StoreError, mongo, sqlite,
};

/// Where a store is.
#[derive(Clone, PartialEq, Eq)]
pub enum StorePlace {
    /// A SQLite file, made if it is not there.
    Sqlite(PathBuf),
    /// A MongoDB replica set, by its URL. The URL may hold a password.
    Mongo(String),
}

impl StorePlace {
    /// Opens the store, and brings its schema up to date.
    pub async fn open(&self, now: Timestamp) -> Result<Arc<dyn Store>, StoreError> {
        self.open_sealed(None, now).await
    }

    /// The same with the keys that it is sealed with, if it is. A store in which nothing is yet is sealed by this.
    pub async fn open_sealed(
        &self,
        keys: Option<&Keyring>,
        now: Timestamp,
    ) -> Result<Arc<dyn Store>, StoreError> {
        Ok(match self {
            Self::Sqlite(file) => Arc::new(SqliteStore::open_sealed(file, keys)?),
            Self::Mongo(url) => Arc::new(MongoStore::open_sealed(url, keys, now).await?),
        })
    }

    /// Seals all that is in the store with the present key, as is wished. Interrupted, it is gone on with by the next call.
    ///
    /// No server may work on it; of a file, the caller holds the lock of its data folder. `tell` is told how many values are
    /// sealed so far.
    pub async fn reseal(
        &self,
        keys: &Keyring,
        wish: SealWish,
        now: Timestamp,
        tell: impl Fn(u64) + Send + Sync + 'static,
    ) -> Result<Resealed, SealError> {
        match self {
            Self::Sqlite(file) if !file.exists() => Err(SealError::NoStore),
            Self::Sqlite(file) => {
                let (file, keys) = (file.clone(), keys.clone());
                let sealing = move || sqlite::reseal(&file, &keys, wish, &tell);
                let done = tokio::task::spawn_blocking(sealing).await;
                let broken = |_| StoreError::Gone("sealing it broke off".into());
                Ok(done.map_err(broken)??)
            }
            Self::Mongo(url) => Box::pin(mongo::reseal(url, keys, wish, now, &tell)).await,
        }
    }

    /// The schema that the store has; nothing if it is new. Nothing is changed. A store that is not to be opened is an error.
    pub async fn schema(&self) -> Result<Option<u32>, StoreError> {
        match self {
            Self::Sqlite(file) => SqliteStore::schema(file),
            Self::Mongo(url) => Box::pin(MongoStore::schema(url)).await,
        }
    }

    /// The newest schema that this program knows.
    pub fn known_schema(&self) -> u32 {
        match self {
            Self::Sqlite(_) => SqliteStore::known_schema(),
            Self::Mongo(_) => MongoStore::known_schema(),
        }
    }
}

impl fmt::Debug for StorePlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(file) => write!(formatter, "Sqlite({})", file.display()),
            Self::Mongo(_) => formatter.write_str("Mongo"),
        }
    }
}
