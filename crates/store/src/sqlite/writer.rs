//! The one thread that writes.
//!
//! It takes whatever operations are queued, runs each in a savepoint of one transaction, commits, and only then
//! answers all of them. So one flush to the disk serves many callers, an answer always means "durable", and an
//! operation that fails undoes only itself. It decides nothing about jobs.

use std::thread::{self, JoinHandle};

use tokio::sync::{broadcast, mpsc, oneshot};

use super::{db::Db, job};
use crate::{ApplyError, Change, StoreError};

/// Operations that wait for the writer. Beyond it callers wait to hand theirs over.
const QUEUE: usize = 1024;

/// Operations in one transaction. More would save little flushing and let the first of them wait longer.
const BATCH: usize = 256;

/// Hands operations to the writer's thread.
#[derive(Clone)]
pub(super) struct Writer {
    queue: mpsc::Sender<Box<dyn Operation>>,
}

/// What an operation works with.
pub(super) struct Write<'a> {
    /// The connection, inside a transaction that holds the database's write lock.
    pub(super) conn: &'a Db,
    changes: Vec<Change>,
}

impl Write<'_> {
    /// Lets a change be told once it is durable.
    pub(super) fn tell(&mut self, change: Change) {
        self.changes.push(change);
    }
}

/// The error of an operation: its own, or the store's.
pub(super) trait OperationError: From<StoreError> + Send + 'static {
    /// The store's error, if it is one.
    fn of_store(&self) -> Option<&StoreError>;
}

impl OperationError for StoreError {
    fn of_store(&self) -> Option<&StoreError> {
        Some(self)
    }
}

impl OperationError for ApplyError {
    fn of_store(&self) -> Option<&StoreError> {
        match self {
            Self::Store(error) => Some(error),
            _ => None,
        }
    }
}

impl Writer {
    /// Starts the thread. It ends when all handles are gone and the queue is empty.
    pub(super) fn start(
        conn: Db,
        changes: broadcast::Sender<Change>,
    ) -> Result<(Self, JoinHandle<()>), StoreError> {
        let (queue, operations) = mpsc::channel(QUEUE);
        let thread = thread::Builder::new()
            .name("formhand-writer".into())
            .spawn(move || serve(&conn, operations, &changes))
            .map_err(|error| StoreError::Gone(format!("no thread for the writer: {error}")))?;
        Ok((Self { queue }, thread))
    }

    /// Runs `work` in the next transaction and returns once that is durable.
    pub(super) async fn run<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: OperationError,
        F: FnOnce(&mut Write<'_>) -> Result<T, E> + Send + 'static,
    {
        let gone = || StoreError::Gone("its writer has stopped".into());
        let (reply, answer) = oneshot::channel();
        let operation = Box::new(Queued {
            work: Some(work),
            result: None,
            reply,
        });
        self.queue.send(operation).await.map_err(|_| gone())?;
        answer.await.unwrap_or_else(|_| Err(gone().into()))
    }
}

trait Operation: Send {
    /// Whether somebody still waits for the answer.
    fn wanted(&self) -> bool;
    /// Does it, and gives the changes to tell of, or the store's error if that is why it failed.
    fn run(&mut self, conn: &Db) -> Result<Vec<Change>, Option<StoreError>>;
    /// Tells its caller, once the transaction is through.
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

struct Queued<T, E, F> {
    work: Option<F>,
    result: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Operation for Queued<T, E, F>
where
    T: Send,
    E: OperationError,
    F: FnOnce(&mut Write<'_>) -> Result<T, E> + Send,
{
    fn wanted(&self) -> bool {
        !self.reply.is_closed()
    }

    fn run(&mut self, conn: &Db) -> Result<Vec<Change>, Option<StoreError>> {
        let mut write = Write {
            conn,
            changes: Vec::new(),
        };
        let result = self.work.take().map(|work| work(&mut write));
        let outcome = match &result {
            Some(Err(error)) => Err(error.of_store().cloned()),
            _ => Ok(write.changes),
        };
        self.result = result;
        outcome
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let result = match (committed, self.result) {
            (Ok(()), Some(result)) => result,
            (Ok(()), None) => return,
            (Err(error), _) => Err(error.into()),
        };
        // A caller that went away meanwhile finds the change in the store.
        let _ = self.reply.send(result);
    }
}

fn serve(
    conn: &Db,
    mut operations: mpsc::Receiver<Box<dyn Operation>>,
    changes: &broadcast::Sender<Change>,
) {
    let mut batch = Vec::with_capacity(BATCH);
    while operations.blocking_recv_many(&mut batch, BATCH) > 0 {
        // Whoever gave up waiting must not be given a job that nobody would work on.
        batch.retain(|operation| operation.wanted());
        match commit(conn, &mut batch) {
            Ok(told) => {
                for change in told {
                    // Nobody may be listening.
                    let _ = changes.send(change);
                }
                for operation in batch.drain(..) {
                    operation.answer(Ok(()));
                }
            }
            Err(error) => {
                undo(conn);
                for operation in batch.drain(..) {
                    operation.answer(Err(error.clone()));
                }
            }
        }
    }
    leave(conn);
}

fn commit(conn: &Db, batch: &mut [Box<dyn Operation>]) -> Result<Vec<Change>, StoreError> {
    let mut told = Vec::new();
    if batch.is_empty() {
        return Ok(told);
    }
    // Immediate: the write lock is taken first, so nothing that an operation reads can change under it.
    conn.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    for operation in batch {
        conn.prepare_cached("SAVEPOINT operation")?.execute([])?;
        match operation.run(conn) {
            Ok(changes) => told.extend(changes),
            // A full disk makes SQLite undo the whole transaction by itself, and with it what the operations
            // before this one did.
            Err(cause) if conn.is_autocommit() => {
                return Err(cause.unwrap_or_else(|| {
                    StoreError::Unwritable("the transaction was undone".into())
                }));
            }
            Err(_) => {
                conn.prepare_cached("ROLLBACK TO operation")?.execute([])?;
            }
        }
        conn.prepare_cached("RELEASE operation")?.execute([])?;
    }
    job::index_texts(conn)?;
    conn.prepare_cached("COMMIT")?.execute([])?;
    Ok(told)
}

fn undo(conn: &Db) {
    if conn.is_autocommit() {
        return;
    }
    if let Err(error) = conn.execute_batch("ROLLBACK") {
        tracing::error!(%error, "a transaction of the store could not be rolled back");
    }
}

fn leave(conn: &Db) {
    // What is committed is safe without this; it only leaves one file instead of three.
    if let Err(error) = conn.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);") {
        tracing::debug!(%error, "the store's log was not folded into its file on closing");
    }
}
