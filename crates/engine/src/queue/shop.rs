//! What every attempt of this server shares.

use std::{collections::BTreeMap, sync::Arc};

use formhand_domain::{AccountKey, Clock, NodeId, PortalName};
use formhand_evidence::Evidence;
use formhand_portal::Portal;
use formhand_store::{Capacity, Store};
use tokio_util::sync::CancellationToken;

use crate::{browsers::Workers, session::Keeper, setup::Timing};

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
    /// Cancelled when the server drains.
    pub(crate) draining: CancellationToken,
}

/// An account that jobs are filed under.
pub(crate) struct Account {
    pub(crate) keeper: Keeper,
    pub(crate) max_parallel: u32,
}

impl Shop {
    /// The accounts that jobs can be claimed for now.
    pub(crate) fn capacities(&self) -> Vec<Capacity> {
        let now = self.clock.now();
        self.accounts
            .iter()
            .filter(|(_, account)| account.keeper.availability().borrow().is_ready(now))
            .map(|(key, account)| Capacity {
                account: key.clone(),
                max_parallel: account.max_parallel,
                pace: None,
            })
            .collect()
    }
}
