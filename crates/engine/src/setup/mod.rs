//! What the engine is told at its start. Read once, by the server, into these values.

mod account;
mod gate;
mod keeping;
mod retention;
mod seal;
mod source;
mod timing;

use std::{path::PathBuf, sync::Arc, time::Duration};

use formhand_domain::{Clock, NodeId};
use formhand_evidence::Remote;
use formhand_portal::Portal;
use formhand_store::Store;

pub use account::{AccountSetup, OneTimeCodeSetup, SolverSetup};
pub use gate::GateSwitch;
pub use keeping::{Keeping, OnSuccess};
pub use retention::Retention;
pub use seal::{NotAKey, SealKey};
pub use source::{Existing, SourceKind, SourceSetup, WriteBack};
pub use timing::Timing;

/// All that an engine needs.
pub struct EngineSetup {
    /// This server's name in leases and logs.
    pub node: NodeId,
    /// Where jobs are kept.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The portals that it knows.
    pub portals: Vec<Arc<Portal>>,
    /// The accounts that it files under.
    pub accounts: Vec<AccountSetup>,
    /// How many jobs are worked on at once.
    pub workers: usize,
    /// Leases, retries and deadlines.
    pub timing: Timing,
    /// The browsers.
    pub browser: BrowserSetup,
    /// Where the proof of attempts is kept.
    pub evidence: PathBuf,
    /// Object storage that the proof goes to once its job has ended; nothing leaves it where it is.
    pub remote: Option<Remote>,
    /// What is kept of attempts.
    pub keeping: Keeping,
    /// How long what belongs to ended jobs is kept.
    pub retention: Retention,
    /// What sessions are sealed with to be shared with other servers; without it each account is worked for by the server
    /// that keeps its session.
    pub seal: Option<SealKey>,
    /// Collections that records are taken from.
    pub sources: Vec<SourceSetup>,
    /// Whether submits are recorded before they happen.
    pub gate: GateSwitch,
}

/// Which browsers, and where they live.
#[derive(Debug, Clone)]
pub struct BrowserSetup {
    /// The folder for the masters' persistent profiles.
    pub profiles: PathBuf,
    /// The program that works on jobs; found by itself when not given.
    pub worker: Option<PathBuf>,
    /// The program that keeps the session; found by itself when not given.
    pub master: Option<PathBuf>,
    /// When a worker browser is replaced.
    pub wear: Wear,
}

/// What makes a worker browser be replaced, between two jobs. Browsers grow with what they have shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wear {
    /// So many jobs.
    pub jobs: u32,
    /// So long a life.
    pub age: Duration,
    /// So much memory of its processes that they do not share.
    pub memory_bytes: u64,
}

impl Default for Wear {
    fn default() -> Self {
        Self {
            jobs: 200,
            age: Duration::from_hours(4),
            // A fresh browser with two pages has a tenth of it.
            memory_bytes: 1_000_000_000,
        }
    }
}
