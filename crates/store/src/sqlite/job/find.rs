//! Finding one job.

use formhand_domain::{CallerId, Job, JobId};
use rusqlite::{OptionalExtension, params};

use super::super::db::Db;
use super::row::{self, Columns};
use crate::{StoreError, seal::Field};

/// A job by its id.
pub(in super::super) fn find(conn: &Db, id: JobId) -> Result<Option<Job>, StoreError> {
    row::read(conn, id)
}

/// The job that answers for a caller's id.
pub(in super::super) fn of_caller(
    conn: &Db,
    caller_id: &CallerId,
) -> Result<Option<Job>, StoreError> {
    conn.prepare_cached(
        "SELECT id, format, job FROM jobs WHERE caller_id = ?1 ORDER BY holds_key DESC, id DESC LIMIT 1",
    )?
    .query_row(params![conn.seal.key(Field::CallerId, caller_id.as_str())], Columns::of)
    .optional()?
    .map(|row| row.job(&conn.seal))
    .transpose()
}
