//! What every attempt of this server shares.

use std::{collections::BTreeMap, sync::Arc};

use formhand_domain::{AccountKey, Clock, Job, NodeId, PortalName};
use formhand_evidence::Evidence;
use formhand_portal::{Flow, Portal};
use formhand_store::{Capacity, Store};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::{
    browsers::Workers,
    nodes::AtWork,
    session::{CloneLogin, Keeper},
    setup::{GateSwitch, Keeping, Timing},
    sight::Sight,
    takeover::TakeOvers,
};

/// What every attempt of this server shares.
pub(crate) struct Shop {
    pub(crate) node: NodeId,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) portals: BTreeMap<PortalName, Arc<Portal>>,
    pub(crate) accounts: BTreeMap<AccountKey, Account>,
    pub(crate) workers: Workers,
    pub(crate) timing: Timing,
    pub(crate) evidence: Evidence,
    pub(crate) keeping: Keeping,
    pub(crate) gate: GateSwitch,
    /// The pages of these jobs, for whoever looks on.
    pub(crate) sight: Sight,
    /// The same pages, for whoever takes one over.
    pub(crate) take_overs: TakeOvers,
    /// The jobs that this server works on.
    pub(crate) at_work: AtWork,
    /// Whether this server is to take no more work, though it goes on running.
    pub(crate) paused: watch::Receiver<bool>,
    /// Cancelled when the server drains.
    pub(crate) draining: CancellationToken,
}

/// An account that jobs are filed under.
pub(crate) struct Account {
    pub(crate) keeper: Keeper,
    /// Logs clones in, where each has to log in by itself.
    pub(crate) login: Option<CloneLogin>,
    pub(crate) max_parallel: u32,
    /// The least time between two starts of its jobs.
    pub(crate) pace: Option<SignedDuration>,
}

impl Shop {
    /// Whether this server takes no more work, for now or for good.
    pub(super) fn is_closed(&self) -> bool {
        self.draining.is_cancelled() || *self.paused.borrow()
    }

    /// The portal and the flow of a job, if they are defined here.
    pub(super) fn flow_of(&self, job: &Job) -> Option<(&Arc<Portal>, &Flow)> {
        let portal = self.portals.get(&job.portal)?;
        Some((portal, portal.flows.get(&job.flow)?))
    }

    /// The account of a job, if it is configured here.
    pub(super) fn account_of(&self, job: &Job) -> Option<&Account> {
        self.accounts.get(&job.account_key())
    }

    /// The accounts that jobs can be claimed for now.
    pub(crate) async fn capacities(&self) -> Vec<Capacity> {
        let mut capacities = Vec::new();
        for (key, account) in &self.accounts {
            if account.is_ready(self.clock.now()).await {
                capacities.push(Capacity {
                    account: key.clone(),
                    max_parallel: account.max_parallel,
                    pace: account.pace,
                });
            }
        }
        capacities
    }

    /// The accounts whose jobs are started at a pace.
    pub(super) fn paces(&self) -> impl Iterator<Item = (&AccountKey, SignedDuration)> {
        self.accounts
            .iter()
            .filter_map(|(key, account)| Some((key, account.pace?)))
    }
}

impl Account {
    /// Whether jobs may be claimed.
    pub(crate) async fn is_ready(&self, now: Timestamp) -> bool {
        match &self.login {
            Some(login) => login.is_ready().await,
            None => self.keeper.availability().borrow().is_ready(now),
        }
    }
}
