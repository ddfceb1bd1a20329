//! Reading what an entry does not say itself.

use formhand_domain::{FlowName, Job, JobState, PortalName, Status};
use formhand_store::{AuditEntry, NewDelivery, Store, StoreError};
use jiff::Timestamp;

use super::job::{kind, of_entry};
use crate::webhooks::{EventKind, WebhookSetup};

/// Entries of one job that are looked through for what followed.
const HISTORY: u32 = 500;

/// Something that happened to a job, and may be told.
pub(in crate::webhooks) struct Happened {
    pub(in crate::webhooks) at: Timestamp,
    kind: EventKind,
    entry: AuditEntry,
    job: Job,
}

impl Happened {
    /// Whether a webhook is to be told of it.
    pub(in crate::webhooks) fn is_for(&self, webhook: &WebhookSetup) -> bool {
        let (portal, flow): (&PortalName, &FlowName) = (&self.job.portal, &self.job.flow);
        webhook.wants(self.kind, portal, Some(flow))
    }

    /// What it is told.
    pub(in crate::webhooks) fn message(&self) -> NewDelivery {
        of_entry(self.kind, &self.entry, &self.job)
    }
}

/// What an entry of the audit is; nothing if nobody can want to be told of it, or its job is gone.
pub(in crate::webhooks) async fn happened(
    store: &dyn Store,
    entry: AuditEntry,
) -> Result<Option<Happened>, StoreError> {
    if kind(&entry, false).is_none() {
        return Ok(None);
    }
    let Some(job) = store.job(entry.job).await? else {
        return Ok(None);
    };
    let goes_on = entry.to == Status::FailedLoginForm && goes_on(store, &entry, &job).await?;
    let happened = kind(&entry, goes_on).map(|kind| Happened {
        at: entry.at,
        kind,
        entry,
        job,
    });
    Ok(happened)
}

/// Whether a job that failed was, or is, to be tried again by itself. What followed tells it, or where it still stands.
async fn goes_on(store: &dyn Store, entry: &AuditEntry, job: &Job) -> Result<bool, StoreError> {
    let history = store.history(entry.job, HISTORY).await?;
    let next = history.into_iter().find(|later| later.seq > entry.seq);
    Ok(match next {
        // Only what waits for its retry can be claimed, held or cancelled.
        Some(next) => matches!(next.event.as_str(), "claim" | "hold" | "cancel"),
        None => matches!(job.state, JobState::RetryWait { .. }),
    })
}
