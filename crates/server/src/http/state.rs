//! What every endpoint may use.

use std::{collections::BTreeSet, sync::Arc};

use formhand_domain::{AccountKey, Clock, Job, SourceName};
use formhand_engine::{Intake, Sight, SourceDesk, TakeOvers};
use formhand_evidence::Evidence;
use formhand_portal::Flow;
use formhand_store::{Act, Deed, Store, StoreError};
use futures_util::future::BoxFuture;
use tokio_util::sync::CancellationToken;

use super::{Problem, ServeLimits};
use crate::{
    access::{Access, Caller},
    alerts::AlertDesk,
    audit::AuditDesk,
    metrics::Metrics,
    webhooks::WebhookDesk,
};

/// Says why the server cannot work at present; nothing if it can.
pub type Readiness = Arc<dyn Fn() -> BoxFuture<'static, Option<String>> + Send + Sync>;

/// What every endpoint may use.
#[derive(Clone)]
pub struct ApiState {
    /// Where jobs are kept.
    pub store: Arc<dyn Store>,
    /// The door for records.
    pub intake: Intake,
    /// The collections that records are taken from.
    pub sources: SourceDesk,
    /// What is known of alerts.
    pub alerts: AlertDesk,
    /// Whether the audit holds.
    pub audit: AuditDesk,
    /// Who is told what becomes of jobs.
    pub webhooks: WebhookDesk,
    /// What is kept of attempts.
    pub evidence: Evidence,
    /// What the browsers at work show.
    pub sight: Sight,
    /// Where people take pages over.
    pub take_overs: TakeOvers,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Who may ask.
    pub access: Access,
    /// How long a request may take to arrive.
    pub limits: ServeLimits,
    /// The accounts of the configuration.
    pub accounts: Arc<Vec<AccountKey>>,
    /// Those of them whose clones log in by themselves, so that there is no session to bring back.
    pub masterless: Arc<BTreeSet<AccountKey>>,
    /// Whether the engine can work.
    pub readiness: Readiness,
    /// What is counted.
    pub metrics: Metrics,
    /// Ends the answers that have no end of their own.
    pub stop: CancellationToken,
}

impl ApiState {
    /// Notes in the audit what a caller is about to do.
    pub(crate) async fn note(&self, caller: &Caller, deed: Deed) -> Result<(), StoreError> {
        self.note_by(caller.name.clone(), deed).await
    }

    /// Notes in the audit what somebody is about to do.
    pub(crate) async fn note_by(&self, name: String, deed: Deed) -> Result<(), StoreError> {
        let act = Act::of_person(name, deed, self.clock.now());
        self.store.note(act).await?;
        Ok(())
    }

    /// The same of a source, if there is one of this name; what is unknown is refused right after it.
    pub(crate) async fn note_of_source(
        &self,
        caller: &Caller,
        name: &SourceName,
        deed: fn(SourceName) -> Deed,
    ) -> Result<(), Problem> {
        let known = self.sources.list().await?;
        if known.iter().any(|source| source.name == *name) {
            self.note(caller, deed(name.clone())).await?;
        }
        Ok(())
    }

    /// The flow of a job, if it is still defined.
    pub(crate) fn flow_of(&self, job: &Job) -> Option<&Flow> {
        let mut portals = self.intake.portals();
        let portal = portals.find(|portal| portal.name == job.portal)?;
        portal.flows.get(&job.flow)
    }
}
