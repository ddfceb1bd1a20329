//! Removing what is old.

use jiff::Timestamp;
use rusqlite::{Params, params};

use super::super::{json, time, writer::Write};
use crate::StoreError;

/// Removes what ended, or was made, before these times.
pub(super) fn remove(
    to: &mut Write<'_>,
    (delivered, failed, made): (Timestamp, Timestamp, Timestamp),
    limit: u32,
) -> Result<u64, StoreError> {
    let ended = "DELETE FROM deliveries WHERE rowid IN
        (SELECT rowid FROM deliveries WHERE status = ?1 AND ended_at < ?2 LIMIT ?3)";
    let old = "DELETE FROM deliveries WHERE rowid IN
        (SELECT rowid FROM deliveries WHERE made_at < ?1 LIMIT ?2)";
    let mut removed = 0;
    let left = |removed: u64| u64::from(limit).saturating_sub(removed);
    for (status, before) in [("delivered", delivered), ("failed", failed)] {
        let before = time::present(before);
        removed += delete(to, ended, params![status, before, stored(left(removed))?])?;
    }
    removed += delete(
        to,
        old,
        params![time::present(made), stored(left(removed))?],
    )?;
    Ok(removed)
}

fn delete(to: &mut Write<'_>, sql: &str, params: impl Params) -> Result<u64, StoreError> {
    Ok(to.conn.prepare_cached(sql)?.execute(params)? as u64)
}

fn stored(number: u64) -> Result<i64, StoreError> {
    json::parse(i64::try_from(number))
}
