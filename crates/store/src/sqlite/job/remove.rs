//! Removing a job as a whole.

use formhand_domain::{JobId, Writer};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::super::{chain, json, time, writer::Write};
use crate::{Act, Deed, Numbers, StoreError};

const OLD: &str =
    "SELECT 1 FROM jobs WHERE id = ?1 AND finished_at < ?2 AND outcome = 'not_submitted'";

const ENTRIES: &str = "SELECT seq FROM audit WHERE job = ?1 ORDER BY seq";

/// Removes a job that ended and was not filed. What its audit says goes with it; the chain says so, and keeps the rest.
pub(in super::super) fn remove(
    write: &mut Write<'_>,
    id: JobId,
    before: Timestamp,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let job = id.to_string();
    let is_old = write
        .conn
        .prepare_cached(OLD)?
        .query_row(params![job, time::present(before)], |_| Ok(()))
        .optional()?;
    if is_old.is_none() {
        return Ok(false);
    }
    let entries = write
        .conn
        .prepare_cached(ENTRIES)?
        .query_map(params![job], |row| row.get::<_, i64>(0))?
        .map(|seq| json::parse(u64::try_from(seq?)))
        .collect::<Result<Vec<u64>, StoreError>>()?;
    let act = Act {
        at: now,
        writer: Writer::Queue,
        deed: Deed::RemoveJob {
            job: id,
            entries: Numbers::of(entries),
        },
    };
    chain::note(write, act)?;
    write
        .conn
        .prepare_cached("DELETE FROM jobs WHERE id = ?1")?
        .execute(params![job])?;
    Ok(true)
}
