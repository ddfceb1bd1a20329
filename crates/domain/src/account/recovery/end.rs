//! How one try of a recovery ends, and how the whole of it does.

use serde::{Deserialize, Serialize};

use crate::{FailureCode, account::NeedsHuman, names::wire_names};

/// What came of one try. Only codes: the words of a failure may quote a portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "result",
    rename_all = "snake_case",
    rename_all_fields = "snake_case"
)]
pub enum AttemptResult {
    /// The portal has shown that it knows the session.
    Recovered,
    /// It did not work.
    Failed {
        /// Why.
        code: FailureCode,
    },
    /// The level's time was over.
    TimedOut,
    /// The browser ended or stopped answering.
    BrowserLost,
    /// The account's login budget is spent.
    BudgetSpent,
    /// Only a person can help.
    NeedsHuman {
        /// Why.
        reason: NeedsHuman,
    },
}

impl From<FailureCode> for AttemptResult {
    /// What a failure means for the tries that would follow.
    fn from(code: FailureCode) -> Self {
        let human = |reason| Self::NeedsHuman { reason };
        match code {
            FailureCode::BadCredentials => human(NeedsHuman::BadCredentials),
            FailureCode::AccountLocked => human(NeedsHuman::Locked),
            FailureCode::HumanNeeded => human(NeedsHuman::Demand),
            FailureCode::BrowserCrashed => Self::BrowserLost,
            code => Self::Failed { code },
        }
    }
}

wire_names! {
    /// How a recovery ended.
    RecoveryEnd {
        /// There is a session again.
        Recovered = "recovered",
        /// Every level was tried as often as it may be. The account is down for its cool-down.
        Exhausted = "exhausted",
        /// It stopped, because no login may be tried for a while.
        BudgetSpent = "budget_spent",
        /// It stopped, because only a person can help. The account stays so until one does.
        NeedsHuman = "needs_human",
    }
}
