//! How much an event matters.

use super::SessionHappening;
use crate::{
    account::{AttemptResult, RecoveryEnd},
    names::wire_names,
};

wire_names! {
    /// Who should look, and when.
    Severity {
        /// Nobody has to look.
        Info = "info",
        /// Worth a look if it comes often.
        Warning = "warning",
        /// Jobs wait, and nothing helps by itself: somebody has to be told.
        Critical = "critical",
    }
}

impl SessionHappening {
    /// How much it matters. A recovery alerts once, by its end; what its tries came to is a warning.
    pub fn severity(&self) -> Severity {
        match self {
            Self::RecoveryEnded { verdict, .. } => match verdict {
                RecoveryEnd::Recovered => Severity::Info,
                RecoveryEnd::BudgetSpent => Severity::Warning,
                RecoveryEnd::Exhausted | RecoveryEnd::NeedsHuman => Severity::Critical,
            },
            Self::RecoveryAttempt { result, .. } => match result {
                AttemptResult::Recovered => Severity::Info,
                _ => Severity::Warning,
            },
            Self::LoginFailed { .. } | Self::BrowserLost { .. } | Self::Restored => {
                Severity::Warning
            }
            // That sessions end is how portals are.
            Self::LoggedIn { .. }
            | Self::Validated { .. }
            | Self::Expired { .. }
            | Self::Renewed { .. }
            | Self::LoggedOut { .. }
            | Self::BackedUp => Severity::Info,
        }
    }
}
