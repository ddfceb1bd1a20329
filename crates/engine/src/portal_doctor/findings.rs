//! What was measured.

use std::collections::BTreeSet;

use formhand_portal::Carried;
use serde::{Serialize, Serializer};

/// What was measured of one portal, with one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Findings {
    /// How long the first login took.
    pub login_ms: u64,
    /// How long a round trip to the check page took.
    pub check_ms: u64,
    /// Whether a context with the session's storage is logged in.
    pub context_clone: ContextClone,
    /// Whether a browser with a copy of the profile is logged in.
    pub profile_clone: ProfileClone,
    /// Whether the session outlives its browser.
    pub restart: Restart,
    /// What a second login does to the first.
    pub second_login: SecondLogin,
    /// How long the session lives unused.
    pub idle: IdleLife,
    /// How many logins it took to find all this out.
    pub logins: u32,
}

/// Whether a context with the session's storage is logged in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum ContextClone {
    /// It is, with these parts; without any one of them it is not.
    LoggedIn {
        /// The parts.
        #[serde(serialize_with = "names")]
        carries: BTreeSet<Carried>,
    },
    /// It is not, whatever it gets.
    LoggedOut,
}

/// Whether a browser with a copy of the profile is logged in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfileClone {
    /// It is.
    LoggedIn,
    /// It is not.
    LoggedOut,
}

/// Whether the session outlives its browser, when that is closed in order and started again on its profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Restart {
    /// It does.
    Outlived,
    /// It does not: each start costs a login.
    Lost,
}

/// What a second login does to the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondLogin {
    /// Both live.
    BothLive,
    /// The first is over.
    EndsTheFirst,
}

/// How long the session lives unused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum IdleLife {
    /// Nobody asked to wait.
    NotMeasured,
    /// It was alive after a pause of this length, the longest that was tried.
    AtLeast {
        /// The pause.
        pause_ms: u64,
    },
    /// It was alive after one pause and over after a longer one.
    Between {
        /// The longest pause that it outlived; 0 if none.
        alive_after_ms: u64,
        /// The pause after which it was over.
        over_after_ms: u64,
        /// How old it was then. If the portal ends sessions by age, this is what was met.
        age_ms: u64,
    },
}

/// The names as a definition writes them.
pub(super) fn name(part: Carried) -> &'static str {
    match part {
        Carried::Cookies => "cookies",
        Carried::LocalStorage => "local_storage",
        Carried::SessionStorage => "session_storage",
        Carried::IndexedDb => "indexed_db",
    }
}

pub(super) fn names<S: Serializer>(
    parts: &BTreeSet<Carried>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(parts.iter().map(|part| name(*part)))
}
