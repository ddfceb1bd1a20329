//! What every endpoint may use.

use std::sync::Arc;

use formhand_domain::{AccountKey, Clock};
use formhand_engine::Intake;
use formhand_evidence::Evidence;
use formhand_store::Store;
use tokio_util::sync::CancellationToken;

use super::Access;

/// Says why the server cannot work at present; nothing if it can.
pub type Readiness = Arc<dyn Fn() -> Option<String> + Send + Sync>;

/// What every endpoint may use.
#[derive(Clone)]
pub struct ApiState {
    /// Where jobs are kept.
    pub store: Arc<dyn Store>,
    /// The door for records.
    pub intake: Intake,
    /// What is kept of attempts.
    pub evidence: Evidence,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Who may ask.
    pub access: Access,
    /// The accounts of the configuration.
    pub accounts: Arc<Vec<AccountKey>>,
    /// Whether the engine can work.
    pub readiness: Readiness,
    /// Ends the answers that have no end of their own.
    pub stop: CancellationToken,
}
