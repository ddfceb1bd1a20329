//! What the queue has to look at next.

use formhand_domain::Job;
use jiff::Timestamp;
use rusqlite::params;

use super::super::db::Db;
use super::{super::time, row::Columns};
use crate::{StoreError, rules};

/// Jobs whose lease ended, oldest first.
pub(in super::super) fn expired(
    conn: &Db,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<Job>, StoreError> {
    conn.prepare_cached(
        "SELECT id, format, job FROM jobs
         WHERE lease_expires_at IS NOT NULL AND lease_expires_at <= ?1
         ORDER BY lease_expires_at LIMIT ?2",
    )?
    .query_map(params![time::present(now), limit], Columns::of)?
    .filter_map(|row| match row {
        Ok(row) => rules::readable(row.job(&conn.seal)),
        Err(error) => Some(Err(error.into())),
    })
    .collect()
}

/// When a waiting job becomes due or a lease ends next.
pub(in super::super) fn next_due_at(conn: &Db) -> Result<Option<Timestamp>, StoreError> {
    let first = |sql: &str| -> Result<Option<i64>, StoreError> {
        Ok(conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    };
    let due = first("SELECT min(due_at) FROM jobs WHERE due_at IS NOT NULL")?;
    let lease = first("SELECT min(lease_expires_at) FROM jobs WHERE lease_expires_at IS NOT NULL")?;
    due.into_iter()
        .chain(lease)
        .min()
        .map(time::read)
        .transpose()
}
