//! Moving a job by an event.

use formhand_domain::{Job, JobEvent, JobId, Writer};
use jiff::Timestamp;

use super::{
    super::{open::MongoStore, within::until_settled},
    keys,
    row::{self, Written},
};
use crate::{ApplyError, AuditEntry, rules};

/// Applies an event and writes the job and what the audit says of it.
pub(in super::super) async fn apply(
    store: &MongoStore,
    id: JobId,
    writer: Writer,
    event: JobEvent,
    now: Timestamp,
) -> Result<Job, ApplyError> {
    until_settled(|| attempt(store, id, &writer, event.clone(), now)).await
}

async fn attempt(
    store: &MongoStore,
    id: JobId,
    writer: &Writer,
    event: JobEvent,
    now: Timestamp,
) -> Result<Option<Job>, ApplyError> {
    let found = row::read(&store.db, id).await?;
    let found = found.ok_or(ApplyError::NotFound(id))?;
    let (name, note) = (event.name(), event.note());
    // A renewal happens every few seconds and tells nothing of the job.
    let is_news = !matches!(event, JobEvent::Renew { .. });
    let after = found.job.clone().apply(writer, event, now)?;
    let entry = is_news.then(|| AuditEntry {
        note,
        ..rules::entry(name, writer, Some(&found.job), &after, now)
    });
    match row::update(&store.db, &found, &after, entry.as_ref()).await? {
        Written::Done(unnumbered) => {
            store.number(unnumbered);
            Ok(Some(after))
        }
        Written::Outrun => Ok(None),
        Written::Taken => match keys::holder(&store.db, &after).await? {
            Some(holder) => Err(ApplyError::KeyTaken { holder }),
            // It has let go of the key meanwhile.
            None => Ok(None),
        },
    }
}
