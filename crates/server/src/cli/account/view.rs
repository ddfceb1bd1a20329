//! An account as the server shows it.

use serde::{Deserialize, Serialize};

/// An account.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Account {
    pub(super) portal: String,
    pub(super) name: String,
    pub(super) state: String,
    pub(super) generation: u64,
    pub(super) since: Option<jiff::Timestamp>,
    pub(super) until: Option<jiff::Timestamp>,
    pub(super) reason: Option<String>,
}
