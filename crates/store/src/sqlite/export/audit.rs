//! The audit.

use formhand_domain::JobId;
use tokio::sync::mpsc;

use super::super::db::Db;
use super::{
    super::{audit, chain},
    stream::{Read, stream},
};
use crate::{
    StoreError,
    copying::{Batch, CopiedEntry},
};

/// Those of one job after the other, so that their places can be counted.
const ALL: &str =
    "SELECT seq, at, job, event, writer, from_status, to_status, stage, attempt, failure, format, note, salt,
        digest, link
    FROM audit LEFT JOIN audit_chain USING (seq) ORDER BY job, seq";

/// What an entry takes beside its failure, about.
const BYTES: usize = 400;

pub(super) fn hand_over(conn: &Db, to: &mpsc::Sender<Batch>) -> Result<(), StoreError> {
    let mut last: Option<(JobId, u64)> = None;
    stream(conn, ALL, to, Batch::Audit, |row| {
        let entry = audit::entry(&conn.seal, row)?;
        let place = match last {
            Some((job, place)) if job == entry.job => place + 1,
            _ => 1,
        };
        last = Some((entry.job, place));
        let failure = entry.failure.as_ref();
        let bytes = BYTES + failure.map_or(0, |failure| failure.message.len());
        let unbound =
            || StoreError::Corrupt(format!("entry {} of the audit is not bound", entry.seq));
        let what = CopiedEntry {
            salt: chain::salt(row, 12)?.ok_or_else(unbound)?,
            bond: chain::bond_of(row, 13)?,
            entry,
            place,
        };
        Ok(Read { what, bytes })
    })
}

#[cfg(test)]
mod tests {
    use super::{super::super::migrate::plan, *};

    #[test]
    fn the_audit_is_read_in_the_order_of_an_index() {
        insta::assert_snapshot!(plan(ALL), @"
        SCAN audit USING INDEX audit_by_job
        SEARCH audit_chain USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN
        ");
    }
}
