//! Jobs.

use formhand_domain::IdempotencyKey;
use rusqlite::Row;
use tokio::sync::mpsc;

use super::super::db::Db;
use super::{
    super::{job::Columns, json},
    stream::{Read, stream},
};
use crate::{
    StoreError,
    copying::{Batch, CopiedJob},
    seal::{Places, Seal},
};

/// In the order in which they lie in the file.
const ALL: &str = "SELECT id, format, job, idempotency_key, idempotency_sealed,
        (SELECT count(*) FROM audit WHERE audit.job = jobs.id)
    FROM jobs";

pub(super) fn hand_over(conn: &Db, to: &mpsc::Sender<Batch>) -> Result<(), StoreError> {
    stream(conn, ALL, to, Batch::Jobs, |row| read(&conn.seal, row))
}

fn read(seal: &Seal, row: &Row<'_>) -> Result<Read<CopiedJob>, StoreError> {
    let id: String = row.get(0)?;
    let (key, sealed): (Option<String>, Option<String>) = (row.get(3)?, row.get(4)?);
    let key = match sealed {
        Some(sealed) => Some(seal.open_text(&Places::idempotency_key(&id), sealed)?),
        None => key,
    };
    let entries: i64 = row.get(5)?;
    let bytes = row.get_ref(2)?.as_bytes().map_or(0, <[u8]>::len);
    let job = Columns::of(row)?
        .job(seal)
        .map_err(|error| StoreError::Corrupt(format!("job {id}: {error}")))?;
    let what = CopiedJob {
        job,
        idempotency_key: key
            .map(|key| json::parse(IdempotencyKey::new(key)))
            .transpose()?,
        entries: json::parse(u64::try_from(entries))?,
    };
    Ok(Read { what, bytes })
}

#[cfg(test)]
mod tests {
    use super::{super::super::migrate::plan, *};

    #[test]
    fn jobs_are_read_once_each_and_not_sorted() {
        insta::assert_snapshot!(plan(ALL), @"
        SCAN jobs
        CORRELATED SCALAR SUBQUERY 1
        SEARCH audit USING COVERING INDEX audit_by_job (job=?)
        ");
    }
}
