//! Reading entries.

use formhand_domain::JobId;
use rusqlite::{Row, params};

use super::super::db::Db;
use super::super::{json, time};
use crate::{AuditEntry, StoreError, seal::Seal};

/// The newest entries of a job, oldest first.
pub(in super::super) fn history(
    conn: &Db,
    job: JobId,
    limit: u32,
) -> Result<Vec<AuditEntry>, StoreError> {
    let mut entries = conn
        .prepare_cached(
            "SELECT seq, at, job, event, writer, from_status, to_status, stage, attempt, failure, format, note
             FROM audit WHERE job = ?1 ORDER BY seq DESC LIMIT ?2",
        )?
        .query_map(params![job.to_string(), limit], Columns::of)?
        .map(|row| row?.entry(&conn.seal))
        .collect::<Result<Vec<_>, _>>()?;
    entries.reverse();
    Ok(entries)
}

/// Entries of all jobs after `seq`, oldest first.
pub(in super::super) fn after(
    conn: &Db,
    seq: u64,
    limit: u32,
) -> Result<Vec<AuditEntry>, StoreError> {
    // Numbers that SQLite cannot hold are behind every entry.
    let seq = i64::try_from(seq).unwrap_or(i64::MAX);
    conn.prepare_cached(
        "SELECT seq, at, job, event, writer, from_status, to_status, stage, attempt, failure, format, note
         FROM audit WHERE seq > ?1 ORDER BY seq LIMIT ?2",
    )?
    .query_map(params![seq, limit], Columns::of)?
    .map(|row| row?.entry(&conn.seal))
    .collect()
}

/// Entries of all jobs before `seq`, newest first.
pub(in super::super) fn before(
    conn: &Db,
    seq: Option<u64>,
    limit: u32,
) -> Result<Vec<AuditEntry>, StoreError> {
    let seq = seq
        .and_then(|seq| i64::try_from(seq).ok())
        .unwrap_or(i64::MAX);
    conn.prepare_cached(
        "SELECT seq, at, job, event, writer, from_status, to_status, stage, attempt, failure, format, note
         FROM audit WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2",
    )?
    .query_map(params![seq, limit], Columns::of)?
    .map(|row| row?.entry(&conn.seal))
    .collect()
}

/// The entry of a row with the columns that are read here.
pub(in super::super) fn entry(seal: &Seal, row: &Row<'_>) -> Result<AuditEntry, StoreError> {
    Columns::of(row)?.entry(seal)
}

struct Columns {
    seq: i64,
    at: i64,
    job: String,
    event: String,
    writer: String,
    from: Option<String>,
    to: String,
    stage: Option<String>,
    attempt: u32,
    failure: Option<String>,
    format: i64,
    note: Option<String>,
}

impl Columns {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: row.get(0)?,
            at: row.get(1)?,
            job: row.get(2)?,
            event: row.get(3)?,
            writer: row.get(4)?,
            from: row.get(5)?,
            to: row.get(6)?,
            stage: row.get(7)?,
            attempt: row.get(8)?,
            failure: row.get(9)?,
            format: row.get(10)?,
            note: row.get(11)?,
        })
    }

    fn entry(self, seal: &Seal) -> Result<AuditEntry, StoreError> {
        let mut entry = AuditEntry {
            seq: json::parse(u64::try_from(self.seq))?,
            at: time::read(self.at)?,
            job: json::parse(self.job.parse())?,
            event: self.event,
            writer: json::decode(self.format, &self.writer)?,
            from: self
                .from
                .map(|text| json::parse(text.parse()))
                .transpose()?,
            to: json::parse(self.to.parse())?,
            stage: self
                .stage
                .map(|text| json::parse(text.parse()))
                .transpose()?,
            attempt: self.attempt,
            failure: None,
            note: None,
        };
        let format = self.format;
        seal.open_entry(&mut entry, (format, self.failure), self.note)?;
        Ok(entry)
    }
}
