//! What the store keeps of an account.

use formhand_domain::{Generation, account::SessionState};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The right to try one login. Already counted against the budget, whatever becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginTicket(pub u64);

/// What a person wants of an account's session. Whoever keeps the session does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SessionWish {
    /// Bring it back, whatever it looks like.
    Recover,
    /// Log in, if it is not logged in.
    LogIn,
    /// Give it up.
    LogOut,
}

/// The session of an account as it was last saved.
#[derive(Clone, PartialEq, Eq)]
pub struct SavedSession {
    /// The last generation that was ever made; it only rises.
    pub generation: Generation,
    /// Where it stands.
    pub state: SessionState,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// The newest generation that a job has reported as no longer known to the portal; none so far is the zeroth.
    pub stale: Generation,
    /// The newest generation that is to be replaced once no job works with it; none so far is the zeroth.
    pub retire: Generation,
}
