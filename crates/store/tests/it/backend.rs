//! The backends that the contract is tried on.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use async_trait::async_trait;
use formhand_mongod::ReplicaSet;
use formhand_seal::{Keyring, SealKey};
use formhand_store::{MongoStore, SqliteStore, Store};
use tempfile::TempDir;
use tokio::sync::OnceCell;

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

/// A SQLite file that is sealed.
pub(crate) struct SealedSqlite(Sqlite);

impl SealedSqlite {
    /// A file that is not there yet.
    pub(crate) fn new() -> Self {
        Self(Sqlite::new())
    }

    /// Its path.
    pub(crate) fn path(&self) -> PathBuf {
        self.0.path()
    }
}

#[async_trait]
impl Backend for SealedSqlite {
    async fn open(&self) -> Arc<dyn Store> {
        Arc::new(SqliteStore::open_sealed(self.path(), Some(&ring(1))).unwrap())
    }
}

/// A key of tests, and nothing else.
pub(crate) fn ring(byte: u8) -> Keyring {
    Keyring::new(&SealKey::new([byte; 32]), &[])
}

/// One whose old key is another.
pub(crate) fn ring_after(byte: u8, old: u8) -> Keyring {
    Keyring::new(&SealKey::new([byte; 32]), &[SealKey::new([old; 32])])
}

/// A database of its own on the replica set of this test run.
pub(crate) struct Mongo {
    url: String,
}

impl Mongo {
    /// A database that is not there yet.
    pub(crate) async fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(1);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let server = replica_set().await;
        Self {
            url: server.url().replace("/?", &format!("/test-{count}?")),
        }
    }

    /// Its URL.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

#[async_trait]
impl Backend for Mongo {
    async fn open(&self) -> Arc<dyn Store> {
        let now = crate::given::start();
        Arc::new(MongoStore::open(&self.url, now).await.unwrap())
    }
}

/// A database that is sealed.
pub(crate) struct SealedMongo(Mongo);

impl SealedMongo {
    /// A database that is not there yet.
    pub(crate) async fn new() -> Self {
        Self(Mongo::new().await)
    }
}

#[async_trait]
impl Backend for SealedMongo {
    async fn open(&self) -> Arc<dyn Store> {
        let now = crate::given::start();
        let store = MongoStore::open_sealed(self.0.url(), Some(&ring(1)), now).await;
        Arc::new(store.unwrap())
    }
}

/// The one server of this run. It ends with the process.
pub(crate) async fn replica_set() -> &'static ReplicaSet {
    static SERVER: OnceCell<ReplicaSet> = OnceCell::const_new();
    let folders = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mongod");
    let start = || async { ReplicaSet::start_among(&folders).await.unwrap() };
    SERVER.get_or_init(start).await
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

        mod sealed {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $sentence() {
                    super::$sentence(&crate::backend::SealedSqlite::new()).await;
                }
            )+
        }

        mod mongo {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $sentence() {
                    super::$sentence(&crate::backend::Mongo::new().await).await;
                }
            )+
        }
    };
}

/// Makes each named sentence of the contract a test of every backend whose words are not sealed.
macro_rules! on_every_plain_backend {
    ($($sentence:ident,)+) => {
        mod plain_sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $sentence() {
                    super::$sentence(&crate::backend::Sqlite::new()).await;
                }
            )+
        }

        mod plain_mongo {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $sentence() {
                    super::$sentence(&crate::backend::Mongo::new().await).await;
                }
            )+
        }
    };
}

/// Makes each named sentence of the contract a test of a sealed database too: those that touch what is sealed in it.
macro_rules! on_a_sealed_database {
    ($($sentence:ident,)+) => {
        mod sealed_mongo {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $sentence() {
                    super::$sentence(&crate::backend::SealedMongo::new().await).await;
                }
            )+
        }
    };
}

pub(crate) use {on_a_sealed_database, on_every_backend, on_every_plain_backend};
