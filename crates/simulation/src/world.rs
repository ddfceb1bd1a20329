//! All that there is in a history.

use std::{fmt::Display, sync::Arc};

use formhand_domain::{AccountKey, BusinessKey, JobId};
use formhand_store::Store;
use jiff::{SignedDuration, Timestamp};

use crate::{Mutation, Summary, chance::Chance, network::Network, node::Node, searcher::Searcher};

/// How long a lease lasts.
pub(crate) const LEASE: SignedDuration = SignedDuration::from_secs(30);

/// What must be left of it to submit.
pub(crate) const MARGIN: SignedDuration = SignedDuration::from_secs(5);

/// All that there is in a history.
pub(crate) struct World {
    /// The true time.
    pub(crate) now: Timestamp,
    pub(crate) chance: Chance,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) account: AccountKey,
    pub(crate) nodes: Vec<Node>,
    pub(crate) network: Network,
    /// Jobs that were acknowledged, with their business case.
    pub(crate) jobs: Vec<(JobId, BusinessKey)>,
    /// Those who search the portal: the servers, and a person.
    pub(crate) searchers: Vec<Searcher>,
    pub(crate) mutation: Option<Mutation>,
    /// Nothing goes wrong any more: what is left is to come to an end.
    pub(crate) calm: bool,
    /// Numbers attempts over all servers.
    pub(crate) attempts: u64,
    /// Counts this history and those before it.
    pub(crate) summary: Summary,
    pub(crate) trace: Vec<String>,
    /// The promise that was broken first.
    pub(crate) broken: Option<String>,
}

impl World {
    pub(crate) fn note(&mut self, what: impl Display) {
        let line = format!("{:.0} {what}", self.now);
        self.trace.push(line);
    }

    /// A promise does not hold.
    pub(crate) fn broke(&mut self, what: impl Display) {
        self.note(format_args!("BROKEN: {what}"));
        self.broken.get_or_insert_with(|| what.to_string());
    }

    /// What a server's clock shows.
    pub(crate) fn clock(&self, node: usize) -> Timestamp {
        self.now + self.nodes[node].skew
    }

    pub(crate) fn is(&self, mutation: Mutation) -> bool {
        self.mutation == Some(mutation)
    }

    /// True in so many of a hundred cases, as long as things may go wrong.
    pub(crate) fn mishap(&mut self, percent: u32) -> bool {
        !self.calm && self.chance.percent(percent)
    }
}
