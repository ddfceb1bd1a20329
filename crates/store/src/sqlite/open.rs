//! Opening and closing the file.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, Permissions},
    io,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    thread::JoinHandle,
    time::Duration,
};

use formhand_seal::Keyring;
use rusqlite::{Connection, OpenFlags, config::DbConfig};
use tokio::{sync::broadcast, task::spawn_blocking};

use super::{
    export::refuse_moved,
    migrate::{self, migrate},
    reader::Readers,
    seal,
    writer::Writer,
};
use crate::{Change, StoreError};

/// How long a write waits for another process that writes. A transaction takes milliseconds, so whoever holds the
/// lock for longer is stuck.
const BUSY: Duration = Duration::from_secs(10);

/// Signals that a listener may lag behind before it has to read the audit instead.
const SIGNALS: usize = 1024;

/// Pages that the writer keeps in memory: the upper levels of the indexes over some million jobs.
const CACHE_KIB: i64 = 32 * 1024;

/// Statements that a connection keeps prepared; no connection uses as many.
const STATEMENTS: usize = 64;

/// The store on one SQLite file. Several processes of one machine may open the same file.
pub struct SqliteStore {
    pub(super) readers: Readers,
    pub(super) changes: broadcast::Sender<Change>,
    writer: Mutex<Option<Writer>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl SqliteStore {
    /// Opens the file and brings its schema up to date; makes it, and its folder, if they are not there.
    ///
    /// Only this user may read them: the file holds records of customers.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::open_sealed(path, None)
    }

    /// The same with the keys that it is sealed with. A store in which nothing is yet is sealed by this.
    pub fn open_sealed(path: impl AsRef<Path>, keys: Option<&Keyring>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        let folder = make_folder(path)?;
        make_file(path)?;
        let conn = {
            // Two processes that both find a new file would collide when they switch it to its log. The lock of
            // the folder makes them take turns; it ends with this block.
            let _turn = take_turn(&folder)?;
            connect(path)?
        };
        refuse_moved(&conn)?;
        let conn = seal::settle(conn, keys)?;
        let seal = conn.seal.clone();
        let (changes, _) = broadcast::channel(SIGNALS);
        let (writer, thread) = Writer::start(conn, changes.clone())?;
        Ok(Self {
            readers: Readers::new(path, seal),
            changes,
            writer: Mutex::new(Some(writer)),
            thread: Mutex::new(Some(thread)),
        })
    }

    /// The schema of the file, if this program can work on it; nothing if there is none yet. Nothing is changed.
    pub(crate) fn schema(path: &Path) -> Result<Option<u32>, StoreError> {
        if !path.exists() {
            return Ok(None);
        }
        let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        prepare(&conn)?;
        let present = migrate::present(&conn)?;
        if present >= Some(migrate::WITH_MOVES) {
            refuse_moved(&conn)?;
        }
        Ok(present)
    }

    /// The newest schema that this program knows.
    pub(crate) fn known_schema() -> u32 {
        migrate::known()
    }

    /// Refuses new operations, finishes those that were handed over, and closes the file.
    pub async fn close(&self) -> Result<(), StoreError> {
        self.readers.close();
        drop(lock(&self.writer).take());
        let thread = lock(&self.thread).take();
        let Some(thread) = thread else { return Ok(()) };
        spawn_blocking(move || thread.join())
            .await
            .ok()
            .and_then(Result::ok)
            .ok_or_else(|| StoreError::Gone("its writer broke off".into()))
    }

    pub(super) fn writer(&self) -> Result<Writer, StoreError> {
        lock(&self.writer)
            .clone()
            .ok_or_else(|| StoreError::Gone("it is closed".into()))
    }
}

/// What every connection needs, whether it reads or writes.
pub(super) fn prepare(conn: &Connection) -> Result<(), StoreError> {
    conn.busy_timeout(BUSY)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    // Plans do not depend on the values of a call, so a statement is prepared once and not again and again.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// Opens a file that is there, to write, and brings its schema up to date.
pub(super) fn connect(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut conn = Connection::open_with_flags(path, flags)?;
    prepare(&conn)?;
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "foreign_keys", true)?;
    // After a burst the log is cut back to this, instead of keeping its largest size for ever.
    conn.pragma_update(None, "journal_size_limit", 64 * 1024 * 1024)?;
    // What a savepoint needs to undo one operation is kept in memory: as a file it costs as much as the write itself.
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    conn.pragma_update(None, "cache_size", -CACHE_KIB)?;
    migrate(&mut conn)?;
    Ok(conn)
}

fn make_folder(path: &Path) -> Result<PathBuf, StoreError> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let is_new = |folder: &&Path| !folder.as_os_str().is_empty() && !folder.exists();
    let new: Vec<_> = folder.ancestors().take_while(is_new).collect();
    // A folder that is there already is somebody's choice and stays as it is.
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|error| unwritable(folder, &error))?;
    // Without this a cut of power may take the folder away, with all that is in it. For the names of its files SQLite
    // does the same.
    for folder in new {
        make_name_durable(folder).map_err(|error| unwritable(folder, &error))?;
    }
    Ok(folder.to_owned())
}

fn make_name_durable(folder: &Path) -> io::Result<()> {
    let around = match folder.parent() {
        Some(around) if !around.as_os_str().is_empty() => around,
        _ => Path::new("."),
    };
    File::open(around)?.sync_all()
}

fn make_file(path: &Path) -> Result<(), StoreError> {
    // Made before SQLite sees it, so that it is private from the first byte; SQLite gives its log the same mode.
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path)
        .and_then(|_| fs::set_permissions(path, Permissions::from_mode(0o600)))
        .map_err(|error| unwritable(path, &error))
}

fn take_turn(folder: &Path) -> Result<File, StoreError> {
    File::open(folder)
        .and_then(|file| file.lock().map(|()| file))
        .map_err(|error| unwritable(folder, &error))
}

fn unwritable(path: &Path, error: &io::Error) -> StoreError {
    StoreError::Unwritable(format!("{}: {error}", path.display()))
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
