//! Opening a store, whichever it is.

use std::{fmt, path::PathBuf, sync::Arc};

use jiff::Timestamp;

use crate::{MongoStore, SqliteStore, Store, StoreError};

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
        Ok(match self {
            Self::Sqlite(file) => Arc::new(SqliteStore::open(file)?),
            Self::Mongo(url) => Arc::new(MongoStore::open(url, now).await?),
        })
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
