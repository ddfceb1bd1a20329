//! Reading, beside the writer and off the async threads.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use rusqlite::{Connection, OpenFlags};
use tokio::{sync::Semaphore, task::spawn_blocking};

use super::db::Db;
use crate::{StoreError, seal::Seal};

/// Connections that read at once. A read takes well under a millisecond, so more would only wait for a core.
const READERS: usize = 4;

/// A few connections that cannot write.
#[derive(Clone)]
pub(super) struct Readers {
    path: PathBuf,
    seal: Seal,
    idle: Arc<Mutex<Vec<Db>>>,
    room: Arc<Semaphore>,
}

impl Readers {
    /// No connection is opened before it is needed.
    pub(super) fn new(path: &Path, seal: Seal) -> Self {
        Self {
            path: path.to_owned(),
            seal,
            idle: Arc::default(),
            room: Arc::new(Semaphore::new(READERS)),
        }
    }

    /// Runs `work` on one snapshot of the database.
    pub(super) async fn run<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Db) -> Result<T, StoreError> + Send + 'static,
    {
        let gone = |_| StoreError::Gone("it is closed".into());
        let room = self.room.clone().acquire_owned().await.map_err(gone)?;
        let readers = self.clone();
        spawn_blocking(move || {
            let _room = room;
            let conn = readers.take()?;
            let result = snapshot(&conn, work);
            readers.give_back(conn);
            result
        })
        .await
        .map_err(|error| StoreError::Gone(format!("a read was cut off: {error}")))?
    }

    /// Refuses further reads and closes what is idle.
    pub(super) fn close(&self) {
        self.room.close();
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    fn take(&self) -> Result<Db, StoreError> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        match idle {
            Some(conn) => Ok(conn),
            None => Ok(Db::new(connect(&self.path)?, self.seal.clone())),
        }
    }

    fn give_back(&self, conn: Db) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.room.is_closed() {
            idle.push(conn);
        }
    }
}

fn snapshot<T>(
    conn: &Db,
    work: impl FnOnce(&Db) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let transaction = conn.unchecked_transaction()?;
    let result = work(conn)?;
    transaction.finish()?;
    Ok(result)
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    super::open::prepare(&conn)?;
    conn.pragma_update(None, "query_only", true)?;
    Ok(conn)
}
