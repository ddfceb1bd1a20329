//! The door for records: a submission becomes a job, which the store takes in.

use std::{collections::BTreeMap, fmt, sync::Arc};

use formhand_browser::TRACE;
use formhand_domain::{
    AccountKey, AccountName, CallerId, Clock, FlowName, IdempotencyKey, Job, PortalName,
};
use formhand_portal::{Portal, record::FieldError};
use formhand_store::{Store, Submitted};
use serde_json::Value;
use tracing::{Instrument as _, field};

use super::{IntakeError, prepare::Prepared};
use crate::setup::AccountSetup;

/// What a caller hands in. Portal, flow and account may be left out where there is only one.
#[derive(Clone)]
pub struct Submission {
    /// The portal.
    pub portal: Option<PortalName>,
    /// The flow of that portal.
    pub flow: Option<FlowName>,
    /// The account to file under.
    pub account: Option<AccountName>,
    /// The caller's own id of the record; the job's id if there is none.
    pub caller_id: Option<CallerId>,
    /// Against repeats of the same call.
    pub idempotency_key: Option<IdempotencyKey>,
    /// The record.
    pub record: Value,
}

impl fmt::Debug for Submission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Submission")
            .field("portal", &self.portal)
            .field("flow", &self.flow)
            .finish_non_exhaustive()
    }
}

/// What became of a submission.
#[derive(Debug, Clone)]
pub struct Accepted {
    /// The store's answer.
    pub submitted: Submitted,
    /// The job that answers for the record.
    pub job: Job,
    /// The record's bad fields; the job is `failed_validation` if there are any.
    pub errors: Vec<FieldError>,
}

/// The door for records.
#[derive(Clone)]
pub struct Intake {
    store: Arc<dyn Store>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) portals: Arc<BTreeMap<PortalName, Arc<Portal>>>,
    pub(super) accounts: Arc<Vec<AccountKey>>,
}

impl Intake {
    /// A door to these portals and accounts.
    pub fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        portals: &[Arc<Portal>],
        accounts: &[AccountSetup],
    ) -> Self {
        Self {
            store,
            clock,
            portals: Arc::new(
                portals
                    .iter()
                    .map(|portal| (portal.name.clone(), Arc::clone(portal)))
                    .collect(),
            ),
            accounts: Arc::new(accounts.iter().map(|account| account.key.clone()).collect()),
        }
    }

    /// The portals behind the door.
    pub fn portals(&self) -> impl Iterator<Item = &Arc<Portal>> {
        self.portals.values()
    }

    /// Takes a record in. An `Err` means that there is no job of it.
    pub async fn submit(&self, submission: Submission) -> Result<Accepted, IntakeError> {
        let span = tracing::info_span!(
            target: TRACE, "submit", job = field::Empty, portal = field::Empty, status = field::Empty
        );
        let accepted = self.take(submission).instrument(span.clone()).await?;
        let job = &accepted.job;
        span.record("job", field::display(job.id));
        span.record("portal", job.portal.as_str());
        span.record("status", job.status().as_str());
        Ok(accepted)
    }

    async fn take(&self, submission: Submission) -> Result<Accepted, IntakeError> {
        let Prepared { new, errors } = self.prepare(submission, rand::random())?;
        let job = new.job.clone();
        let submitted = self.store.submit(new).await?;
        let stored = self.store.job(submitted.job_id()).await?.unwrap_or(job);
        Ok(Accepted {
            submitted,
            job: stored,
            errors,
        })
    }
}
