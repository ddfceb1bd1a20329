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

pub(crate) use on_every_backend;
