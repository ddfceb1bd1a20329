//! Removing a job as a whole.

use formhand_domain::JobId;
use jiff::Timestamp;
use rusqlite::params;

use super::super::{time, writer::Write};
use crate::StoreError;

/// Removes a job that ended and was not filed. Its audit goes with it.
pub(in super::super) fn remove(
    write: &mut Write<'_>,
    id: JobId,
    before: Timestamp,
) -> Result<bool, StoreError> {
    let removed = write
        .conn
        .prepare_cached(
            "DELETE FROM jobs WHERE id = ?1 AND finished_at < ?2 AND outcome = 'not_submitted'",
        )?
        .execute(params![id.to_string(), time::present(before)])?;
    Ok(removed > 0)
}
