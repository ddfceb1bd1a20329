//! A server says that it is there.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, params};

use super::super::{time, writer::Write};
use crate::{Change, Node, NodeEntry, StoreError};

/// Servers that were not seen for so long are forgotten.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 7);

/// Keeps what a server says of itself, and answers what is wanted of it.
pub(in super::super) fn announce(
    write: &mut Write<'_>,
    entry: NodeEntry,
) -> Result<Node, StoreError> {
    let is_new = is_new(write, &entry)?;
    let drain = put(write, &entry)?;
    let have_gone = remove_old(write, &entry)?;
    if is_new || have_gone {
        write.tell(Change::Node);
    }
    Ok(Node { entry, drain })
}

/// Whether the server was not there, or was there in another process.
fn is_new(write: &Write<'_>, entry: &NodeEntry) -> Result<bool, StoreError> {
    let started_at: Option<i64> = write
        .conn
        .prepare_cached("SELECT started_at FROM nodes WHERE id = ?1")?
        .query_row(params![entry.id.as_str()], |row| row.get(0))
        .optional()?;
    Ok(started_at != Some(time::stored(entry.started_at)))
}

/// Writes what the server says, and reads whether it is to take no more work.
fn put(write: &Write<'_>, entry: &NodeEntry) -> Result<bool, StoreError> {
    let drain = write
        .conn
        .prepare_cached(
            "INSERT INTO nodes (id, version, schema, workers, at_work, started_at, seen_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (id) DO UPDATE SET version = excluded.version, schema = excluded.schema,
                 workers = excluded.workers, at_work = excluded.at_work,
                 started_at = excluded.started_at, seen_at = excluded.seen_at
             RETURNING drain",
        )?
        .query_row(
            params![
                entry.id.as_str(),
                entry.version,
                entry.schema,
                entry.workers,
                entry.at_work,
                time::stored(entry.started_at),
                time::stored(entry.seen_at),
            ],
            |row| row.get(0),
        )?;
    Ok(drain)
}

/// Whether there were servers that nobody has seen for long. What was wanted of this one is kept, however long it was
/// away.
fn remove_old(write: &Write<'_>, seen: &NodeEntry) -> Result<bool, StoreError> {
    let oldest = seen.seen_at.saturating_sub(KEPT).unwrap_or(Timestamp::MIN);
    let removed = write
        .conn
        .prepare_cached("DELETE FROM nodes WHERE seen_at < ?1 AND id <> ?2")?
        .execute(params![time::present(oldest), seen.id.as_str()])?;
    Ok(removed > 0)
}
