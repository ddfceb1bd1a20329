//! What every endpoint may use.

use std::{collections::BTreeSet, sync::Arc};

use formhand_domain::{AccountKey, Clock, Job};
use formhand_engine::{Intake, Sight, SourceDesk, TakeOvers};
use formhand_evidence::Evidence;
use formhand_portal::Flow;
use formhand_store::Store;
use futures_util::future::BoxFuture;
use tokio_util::sync::CancellationToken;

use super::ServeLimits;
use crate::{access::Access, alerts::AlertDesk, metrics::Metrics, webhooks::WebhookDesk};

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
    /// The flow of a job, if it is still defined.
    pub(crate) fn flow_of(&self, job: &Job) -> Option<&Flow> {
        let mut portals = self.intake.portals();
        let portal = portals.find(|portal| portal.name == job.portal)?;
        portal.flows.get(&job.flow)
    }
}
