//! How jobs ended, by hour: also those that are removed.

use tokio::sync::mpsc;

use super::super::db::Db;
use super::super::job;
use crate::{StoreError, copying::Batch};

const ALL: &str = "SELECT hour, portal, status, jobs FROM job_outcomes WHERE jobs > 0 ORDER BY hour, portal, status";

pub(super) fn hand_over(conn: &Db, to: &mpsc::Sender<Batch>) -> Result<(), StoreError> {
    let mut statement = conn.prepare(ALL)?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(job::read_outcome(row)?);
    }
    if all.is_empty() {
        return Ok(());
    }
    let gone = |_| StoreError::Gone("nobody takes what is handed over".into());
    to.blocking_send(Batch::Outcomes(all)).map_err(gone)
}
