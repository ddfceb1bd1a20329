//! How many jobs there are.

use std::collections::BTreeMap;

use formhand_domain::Status;
use rusqlite::Connection;

use super::super::json;
use crate::{Stats, StoreError};

/// Jobs of one portal and status.
pub(super) struct Count {
    pub(super) portal: String,
    pub(super) status: Status,
    /// Whether they wait to be claimed.
    pub(super) waiting: bool,
    pub(super) jobs: u64,
}

/// Jobs by status, over all portals.
pub(in super::super) fn stats(conn: &Connection) -> Result<Stats, StoreError> {
    let mut by_status: BTreeMap<Status, u64> =
        Status::ALL.iter().map(|status| (*status, 0)).collect();
    let mut waiting_for_retry = 0;
    for count in counts(conn)? {
        *by_status.entry(count.status).or_default() += count.jobs;
        if count.status == Status::FailedLoginForm && count.waiting {
            waiting_for_retry += count.jobs;
        }
    }
    Ok(Stats {
        by_status,
        waiting_for_retry,
    })
}

/// The counts as the database keeps them.
pub(super) fn counts(conn: &Connection) -> Result<Vec<Count>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT portal, status, waiting, jobs FROM job_counts")?;
    let rows = statement.query_map([], |row| {
        let text: (String, String) = (row.get(0)?, row.get(1)?);
        let numbers: (bool, i64) = (row.get(2)?, row.get(3)?);
        Ok((text, numbers))
    })?;
    rows.map(|row| {
        let ((portal, status), (waiting, jobs)) = row?;
        Ok(Count {
            portal,
            status: json::parse(status.parse())?,
            waiting,
            jobs: json::parse(u64::try_from(jobs))?,
        })
    })
    .collect()
}
