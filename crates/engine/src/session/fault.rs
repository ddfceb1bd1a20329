//! Why a try for a session came to nothing.

use formhand_domain::{
    Failure, FailureCode,
    account::{AttemptResult, NeedsHuman},
};

use super::NoSession;
use crate::flow::Stop;

/// Why a try for a session came to nothing, and what that means for the account.
pub(super) enum Fault {
    /// Only a person can help; that is saved.
    Human(NeedsHuman, NoSession),
    /// The login budget is spent; that is saved.
    Budget(NoSession),
    /// The captcha was misread as often as it may be. No browser reads it better.
    Captcha(Failure),
    /// Something broke on the way.
    Broke(Failure),
    /// The browser is gone or does not answer.
    Browser(Failure),
    /// The time of the try was over.
    TimedOut(Failure),
}

impl Fault {
    /// For the history.
    pub(super) fn result(&self) -> AttemptResult {
        match self {
            Self::Human(reason, _) => AttemptResult::NeedsHuman { reason: *reason },
            Self::Budget(_) => AttemptResult::BudgetSpent,
            Self::Captcha(failure) | Self::Broke(failure) => {
                AttemptResult::Failed { code: failure.code }
            }
            Self::Browser(_) => AttemptResult::BrowserLost,
            Self::TimedOut(_) => AttemptResult::TimedOut,
        }
    }
}

impl From<Stop> for Fault {
    fn from(stop: Stop) -> Self {
        let failure = match stop {
            Stop::Failed(failed) => failed.failure,
            _ => Failure::new(FailureCode::LoginFailed, "the login did not end"),
        };
        if failure.code == FailureCode::BrowserCrashed {
            Self::Browser(failure)
        } else {
            Self::Broke(failure)
        }
    }
}

pub(super) fn store_failed(error: &formhand_store::StoreError) -> Fault {
    Fault::Broke(Failure::new(FailureCode::Internal, error.to_string()))
}
