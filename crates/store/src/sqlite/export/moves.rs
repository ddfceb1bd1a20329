//! Tries to move the store, and the mark of the one that came through.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::super::time;
use crate::StoreError;

/// A move that came through.
#[derive(Debug)]
pub(crate) struct Move {
    /// The name of the try.
    pub(crate) id: String,
    /// The hosts and the database.
    pub(crate) to: String,
    pub(crate) at: Timestamp,
}

/// Refuses a store that was moved.
pub(in super::super) fn refuse_moved(conn: &Connection) -> Result<(), StoreError> {
    match finished(conn)? {
        None => Ok(()),
        Some(Move { to, at, .. }) => Err(StoreError::Moved { to, at }),
    }
}

pub(super) fn finished(conn: &Connection) -> Result<Option<Move>, StoreError> {
    let found: Option<(String, String, i64)> = conn
        .query_row(
            "SELECT id, host || '/' || database, moved_at FROM moves WHERE moved_at IS NOT NULL",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()?;
    let Some((id, to, at)) = found else {
        return Ok(None);
    };
    let at = time::read(at)?;
    Ok(Some(Move { id, to, at }))
}

pub(super) fn knows(conn: &Connection, id: &str) -> Result<bool, StoreError> {
    let known = "SELECT EXISTS (SELECT 1 FROM moves WHERE id = ?1)";
    Ok(conn.query_row(known, params![id], |row| row.get(0))?)
}

pub(super) fn begin(
    conn: &Connection,
    (host, database): (&str, &str),
    now: Timestamp,
) -> Result<String, StoreError> {
    // A name that nobody else has, nor an older try of this store.
    let id = conn.query_row(
        "INSERT INTO moves (id, begun_at, host, database) VALUES (lower(hex(randomblob(16))), ?1, ?2, ?3)
         RETURNING id",
        params![time::stored(now), host, database],
        |row| row.get(0),
    )?;
    Ok(id)
}

pub(super) fn finish(conn: &Connection, id: &str, now: Timestamp) -> Result<(), StoreError> {
    let rows = conn.execute(
        "UPDATE moves SET moved_at = ?2 WHERE id = ?1",
        params![id, time::stored(now)],
    )?;
    if rows == 1 {
        Ok(())
    } else {
        Err(StoreError::Corrupt("a move that was not begun".into()))
    }
}
