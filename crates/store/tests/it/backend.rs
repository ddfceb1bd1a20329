//! The backends that the contract is tried on.

use std::{path::PathBuf, sync::Arc};

use async_trait::async_trait;
use formhand_store::{SqliteStore, Store};
use tempfile::TempDir;

/// One database. Each handle on it stands for another process.
#[async_trait]
pub(crate) trait Backend: Send + Sync {
    /// Another handle on the same database.
    async fn open(&self) -> Arc<dyn Store>;
}

/// A SQLite file that goes away with this.
pub(crate) struct Sqlite {
    folder: TempDir,
}

impl Sqlite {
    /// A file that is not there yet.
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// Its path.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("data/formhand.db")
    }
}

#[async_trait]
impl Backend for Sqlite {
    async fn open(&self) -> Arc<dyn Store> {
        Arc::new(SqliteStore::open(self.path()).unwrap())
    }
}

/// Makes each named sentence of the contract a test of every backend.
macro_rules! on_every_backend {
    ($($sentence:ident,)+) => {
        mod sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $sentence() {
                    super::$sentence(&crate::backend::Sqlite::new()).await;
                }
            )+
        }
    };
}

pub(crate) use on_every_backend;
