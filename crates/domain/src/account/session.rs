//! Where the master session of an account stands.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::RecoveryLevel;
use crate::Generation;

/// The master session of one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "state",
    rename_all = "snake_case",
    rename_all_fields = "snake_case"
)]
pub enum SessionState {
    /// Nobody has logged in yet. The first job that needs it starts a login.
    Cold,
    /// A login is under way. Its end moves the session on.
    LoggingIn {
        /// Since when.
        since: Timestamp,
    },
    /// The session is being brought back. The end of the recovery moves it on.
    Recovering {
        /// At which level.
        level: RecoveryLevel,
        /// Which try of that level, from 1.
        attempt: u32,
        /// Since when, the whole recovery counted.
        since: Timestamp,
    },
    /// Logged in. Ends when a round trip shows that the portal no longer knows it.
    Active {
        /// Which login this is.
        generation: Generation,
        /// When that login succeeded.
        since: Timestamp,
        /// When a round trip last showed it alive.
        validated_at: Timestamp,
    },
    /// Logged in, and about to be replaced by a new login. No job begins to work with it; it moves on once none does.
    Retiring {
        /// Which login this is.
        generation: Generation,
        /// When that login succeeded.
        since: Timestamp,
        /// When a round trip last showed it alive.
        validated_at: Timestamp,
    },
    /// No session can be had for now. It is tried again after `until`.
    Down {
        /// Not before this time.
        until: Timestamp,
        /// What went wrong, in words.
        reason: String,
    },
    /// Only a person can help. It stays so until the credentials change or a person says so.
    NeedsHuman {
        /// Why.
        reason: NeedsHuman,
        /// The portal's words.
        message: String,
        /// The fingerprint of the credentials that were refused.
        credentials: String,
    },
}

/// Why only a person can help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NeedsHuman {
    /// The portal refused user name or password. They are never tried again.
    BadCredentials,
    /// The portal has locked the account.
    Locked,
    /// The portal wants a one-time code or a new password.
    Demand,
}
