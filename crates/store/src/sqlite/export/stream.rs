//! Handing over rows as they are read, so that there are never many of them in memory.

use rusqlite::Row;
use tokio::sync::mpsc;

use super::super::db::Db;
use crate::{StoreError, copying::Batch};

/// Rows in a batch. The target makes each batch durable, which takes longer than writing a few.
const ROWS: usize = 2_000;

/// Bytes in a batch, about. Records may be large.
const BYTES: usize = 4 * 1024 * 1024;

/// What a row was read as.
pub(super) struct Read<T> {
    pub(super) what: T,
    /// How large it is, about.
    pub(super) bytes: usize,
}

/// Rows that are gathered until they are a batch.
pub(super) struct Gathering<'a, T> {
    to: &'a mpsc::Sender<Batch>,
    batch: fn(Vec<T>) -> Batch,
    rows: Vec<T>,
    bytes: usize,
}

impl<'a, T> Gathering<'a, T> {
    pub(super) fn new(to: &'a mpsc::Sender<Batch>, batch: fn(Vec<T>) -> Batch) -> Self {
        Self {
            to,
            batch,
            rows: Vec::new(),
            bytes: 0,
        }
    }

    pub(super) fn add(&mut self, row: Read<T>) -> Result<(), StoreError> {
        self.rows.push(row.what);
        self.bytes += row.bytes;
        if self.rows.len() >= ROWS || self.bytes >= BYTES {
            self.send()?;
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<(), StoreError> {
        self.send()
    }

    fn send(&mut self) -> Result<(), StoreError> {
        if self.rows.is_empty() {
            return Ok(());
        }
        self.bytes = 0;
        let batch = (self.batch)(std::mem::take(&mut self.rows));
        let gone = |_| StoreError::Gone("nobody takes what is handed over".into());
        self.to.blocking_send(batch).map_err(gone)
    }
}

/// Hands over what a statement finds.
pub(super) fn stream<T>(
    conn: &Db,
    sql: &str,
    to: &mpsc::Sender<Batch>,
    batch: fn(Vec<T>) -> Batch,
    mut read: impl FnMut(&Row<'_>) -> Result<Read<T>, StoreError>,
) -> Result<(), StoreError> {
    let mut statement = conn.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut gathering = Gathering::new(to, batch);
    while let Some(row) = rows.next()? {
        gathering.add(read(row)?)?;
    }
    gathering.finish()
}
