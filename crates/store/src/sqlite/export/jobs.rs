//! Jobs.

use formhand_domain::{IdempotencyKey, Job};
use rusqlite::{Connection, Row};
use tokio::sync::mpsc;

use super::{
    super::json,
    stream::{Read, stream},
};
use crate::{
    StoreError,
    copying::{Batch, CopiedJob},
};

/// In the order in which they lie in the file.
const ALL: &str = "SELECT id, idempotency_key, format, job,
        (SELECT count(*) FROM audit WHERE audit.job = jobs.id)
    FROM jobs";

pub(super) fn hand_over(conn: &Connection, to: &mpsc::Sender<Batch>) -> Result<(), StoreError> {
    stream(conn, ALL, to, Batch::Jobs, read)
}

fn read(row: &Row<'_>) -> Result<Read<CopiedJob>, StoreError> {
    let id: String = row.get(0)?;
    let key: Option<String> = row.get(1)?;
    let text: String = row.get(3)?;
    let entries: i64 = row.get(4)?;
    let job: Job = json::decode(row.get(2)?, &text)
        .map_err(|error| StoreError::Corrupt(format!("job {id}: {error}")))?;
    let what = CopiedJob {
        job,
        idempotency_key: key
            .map(|key| json::parse(IdempotencyKey::new(key)))
            .transpose()?,
        entries: json::parse(u64::try_from(entries))?,
    };
    Ok(Read {
        what,
        bytes: text.len(),
    })
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
