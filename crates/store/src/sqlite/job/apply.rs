//! Moving a job by an event.

use formhand_domain::{Job, JobEvent, JobId, Writer};
use jiff::Timestamp;

use super::{
    super::{audit, writer::Write},
    row::{self, NotWritten},
};
use crate::{ApplyError, AuditEntry, StoreError, rules};

/// Applies an event and writes the job and what the audit says of it.
pub(in super::super) fn apply(
    write: &mut Write<'_>,
    id: JobId,
    writer: &Writer,
    event: JobEvent,
    now: Timestamp,
) -> Result<Job, ApplyError> {
    let before = row::read(write.conn, id)?.ok_or(ApplyError::NotFound(id))?;
    let (name, note) = (event.name(), event.note());
    // A renewal happens every few seconds and tells nothing of the job.
    let is_news = !matches!(event, JobEvent::Renew { .. });
    let after = before.clone().apply(writer, event, now)?;
    match row::update(write.conn, &before, &after) {
        Ok(()) => {}
        Err(NotWritten::Store(error)) => return Err(error.into()),
        Err(NotWritten::Taken) => {
            let holder = row::holder(write.conn, &after)?.ok_or_else(|| {
                StoreError::Backend(format!("job {id} lacks a key that nobody holds"))
            })?;
            return Err(ApplyError::KeyTaken { holder });
        }
    }
    if is_news {
        let entry = rules::entry(name, writer, Some(&before), &after, now);
        audit::noted(write, AuditEntry { note, ..entry })?;
    }
    Ok(after)
}
