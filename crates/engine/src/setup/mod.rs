//! What the engine is told at its start. Read once, by the server, into these values.

mod account;
mod browser;
mod gate;
mod keeping;
mod retention;
mod seal;
mod source;
mod take_over;
mod timing;

use std::{path::PathBuf, sync::Arc};

use formhand_domain::{Clock, NodeId};
use formhand_evidence::Remote;
use formhand_portal::Portal;
use formhand_store::Store;

pub use account::{AccountSetup, OneTimeCodeSetup, SolverSetup};
pub use browser::{BrowserSetup, Wear};
pub use gate::GateSwitch;
pub use keeping::{Keeping, OnSuccess};
pub use retention::Retention;
pub use seal::{NotAKey, SealKey};
pub use source::{Existing, SourceKind, SourceSetup, WriteBack};
pub use take_over::TakeOverTiming;
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
