//! Writing an entry, in the transaction of the change that it tells of.

use formhand_domain::{Job, Stage, Status, Writer};
use jiff::Timestamp;
use rusqlite::named_params;

use super::super::{chain, json, time, writer::Write};
use crate::{AuditEntry, Change, Salt, StoreError, digest_of_job, rules};

/// Writes the entry of a job's change and lets it be told.
pub(in super::super) fn write(
    write: &mut Write<'_>,
    event: &str,
    writer: &Writer,
    before: Option<&Job>,
    after: &Job,
    at: Timestamp,
) -> Result<(), StoreError> {
    noted(write, rules::entry(event, writer, before, after, at))
}

/// Writes an entry and lets it be told.
pub(in super::super) fn noted(
    write: &mut Write<'_>,
    mut entry: AuditEntry,
) -> Result<(), StoreError> {
    entry.seq = insert(write, &entry)?;
    write.tell(Change::Job(Box::new(entry)));
    Ok(())
}

fn insert(write: &Write<'_>, entry: &AuditEntry) -> Result<u64, StoreError> {
    let (failure, note) = write.conn.seal.entry(entry)?;
    let place = chain::next(write.conn)?;
    let salt = Salt::random();
    write
        .conn
        .prepare_cached(
            "INSERT INTO audit
                 (seq, at, job, event, writer, from_status, to_status, stage, attempt, failure, format, note, salt)
             VALUES (:seq, :at, :job, :event, :writer, :from, :to, :stage, :attempt, :failure, :format, :note, :salt)",
        )?
        .execute(named_params! {
            ":seq": place.seq,
            ":at": time::stored(entry.at),
            ":job": entry.job.to_string(),
            ":event": entry.event,
            ":writer": json::encode(&entry.writer)?,
            ":from": entry.from.map(Status::as_str),
            ":to": entry.to.as_str(),
            ":stage": entry.stage.map(Stage::as_str),
            ":attempt": entry.attempt,
            ":failure": failure,
            ":format": json::FORMAT,
            ":note": note,
            ":salt": salt.bytes(),
        })?;
    chain::bind(write.conn, &place, digest_of_job(entry, &salt))
}
