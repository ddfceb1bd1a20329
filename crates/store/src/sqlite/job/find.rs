//! Finding one job.

use formhand_domain::{CallerId, Job, JobId};
use rusqlite::{Connection, OptionalExtension, params};

use super::row;
use crate::StoreError;

/// A job by its id.
pub(in super::super) fn find(conn: &Connection, id: JobId) -> Result<Option<Job>, StoreError> {
    row::read(conn, id)
}

/// The job that answers for a caller's id.
pub(in super::super) fn of_caller(
    conn: &Connection,
    caller_id: &CallerId,
) -> Result<Option<Job>, StoreError> {
    conn.prepare_cached(
        "SELECT format, job FROM jobs WHERE caller_id = ?1 ORDER BY holds_key DESC, id DESC LIMIT 1",
    )?
    .query_row(params![caller_id.as_str()], row::columns)
    .optional()?
    .map(row::decode)
    .transpose()
}
