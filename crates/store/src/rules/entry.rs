//! What the audit says of a change.

use formhand_domain::{Job, Writer};
use jiff::Timestamp;

use crate::AuditEntry;

/// The entry of a job's change. Its number is given by the store.
pub(crate) fn entry(
    event: &str,
    writer: &Writer,
    before: Option<&Job>,
    after: &Job,
    at: Timestamp,
) -> AuditEntry {
    let was = before.and_then(Job::failure);
    AuditEntry {
        seq: 0,
        at,
        job: after.id,
        event: event.to_owned(),
        writer: writer.clone(),
        from: before.map(Job::status),
        to: after.status(),
        stage: after.stage(),
        // Giving an attempt back or asking for a new start lowers the job's count; the entry still belongs to the
        // attempt that it ends.
        attempt: after.attempts.max(before.map_or(0, |job| job.attempts)),
        // Searches of the portal, for instance, leave a failure as it was.
        failure: after
            .failure()
            .filter(|failure| was != Some(failure))
            .cloned(),
        note: None,
    }
}
