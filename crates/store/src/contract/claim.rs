//! Taking a due job.

use formhand_domain::{AccountKey, NodeId};
use jiff::{SignedDuration, Timestamp};

/// What a server asks for when it has a free worker.
#[derive(Debug, Clone)]
pub struct ClaimRequest {
    /// The server.
    pub owner: NodeId,
    /// The present moment.
    pub now: Timestamp,
    /// How long the lease is to be.
    pub lease_for: SignedDuration,
    /// The accounts that the server can work for now. Others are left alone.
    pub accounts: Vec<Capacity>,
}

/// How many jobs of one account may be in progress at once, over all servers, and how fast they may follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capacity {
    /// The account.
    pub account: AccountKey,
    /// The most jobs in progress.
    pub max_parallel: u32,
    /// The least time between two claims of its jobs, over all servers.
    pub pace: Option<SignedDuration>,
}
