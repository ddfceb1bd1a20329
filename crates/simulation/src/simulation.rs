//! Histories in a store, and what they come to.

use std::{fmt, path::Path, sync::Arc};

use formhand_domain::{AccountKey, NodeId};
use formhand_store::{Store, StoreError, StorePlace};
use jiff::{SignedDuration, Timestamp};

use crate::{
    Mutation,
    chance::Chance,
    history::NODES,
    network::Network,
    node::{Condition, Node},
    people::{account, portal},
    searcher::Searcher,
    world::World,
};

/// Histories in one store.
pub struct Simulation {
    store: Arc<dyn Store>,
    histories: u64,
}

/// What histories came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many.
    pub histories: u64,
    /// Jobs that were handed in.
    pub jobs: u64,
    /// Requests that left a browser.
    pub sent: u64,
    /// Forms that the portal filed.
    pub filed: u64,
    /// Servers that were killed.
    pub kills: u64,
    /// Those of them whose submit was under way.
    pub kills_at_submit: u64,
    /// Servers that stood still for a while.
    pub pauses: u64,
    /// Unknown outcomes that were settled.
    pub settled: u64,
}

/// A promise does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The history.
    pub seed: u64,
    /// How the protocol was broken on purpose, if it was.
    pub mutation: Option<Mutation>,
    /// The promise.
    pub what: String,
    /// All that happened, in order.
    pub trace: Vec<String>,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, what, .. } = self;
        let replay = "cargo run -p formhand-simulation --";
        write!(f, "{what}; see it with `{replay} --seed {seed}")?;
        if let Some(mutation) = self.mutation {
            write!(f, " --mutation {}", mutation.name())?;
        }
        write!(f, "`")
    }
}

impl std::error::Error for Broken {}

impl Simulation {
    /// Histories in a new store in this folder.
    pub async fn open(folder: &Path) -> Result<Self, StoreError> {
        Self::at(&StorePlace::Sqlite(folder.join("formhand.db"))).await
    }

    /// Histories in a new store.
    pub async fn at(place: &StorePlace) -> Result<Self, StoreError> {
        Ok(Self {
            store: place.open(begin()).await?,
            histories: 0,
        })
    }

    /// Lets one history happen. `summary` counts it; the answer is what happened.
    pub async fn run(
        &mut self,
        seed: u64,
        mutation: Option<Mutation>,
        summary: &mut Summary,
    ) -> Result<Vec<String>, Broken> {
        self.histories += 1;
        let mut world = self.world(seed, mutation, std::mem::take(summary));
        world.live().await;
        *summary = world.counted();
        let trace = world.trace;
        match world.broken {
            None => Ok(trace),
            Some(what) => Err(Broken {
                seed,
                mutation,
                what,
                trace,
            }),
        }
    }

    fn world(&self, seed: u64, mutation: Option<Mutation>, summary: Summary) -> World {
        let node = |number: usize| Node {
            id: NodeId::new(format!("node-{}-{number}", self.histories)).expect("a name"),
            condition: Condition::Running,
            skew: SignedDuration::ZERO,
            attempt: None,
        };
        World {
            now: begin(),
            chance: Chance::of(seed),
            store: Arc::clone(&self.store),
            account: AccountKey {
                portal: portal(),
                account: account(self.histories),
            },
            nodes: (0..NODES).map(node).collect(),
            network: Network {
                session: 1,
                ..Network::default()
            },
            jobs: Vec::new(),
            searchers: (0..=NODES).map(|_| Searcher::default()).collect(),
            mutation,
            calm: false,
            attempts: 0,
            summary,
            trace: Vec::new(),
            broken: None,
        }
    }
}

/// When every history begins.
fn begin() -> Timestamp {
    Timestamp::from_second(1_767_600_000).expect("a time")
}

impl World {
    /// The summary with what is read off the history's end.
    fn counted(&self) -> Summary {
        let filed: usize = self.network.filed.values().map(Vec::len).sum();
        Summary {
            histories: self.summary.histories + 1,
            jobs: self.summary.jobs + self.jobs.len() as u64,
            sent: self.summary.sent + self.network.sent,
            filed: self.summary.filed + filed as u64,
            ..self.summary
        }
    }
}
