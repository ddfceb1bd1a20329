//! Why a try for a session came to nothing.

use std::time::Duration;

use formhand_browser::BrowserError;
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
    /// Another try, or another browser, would change nothing: the captcha was misread as often as it may be, or the
    /// session cannot be copied as the definition says.
    Hopeless(Failure),
    /// Something broke on the way.
    Broke(Failure),
    /// The browser is gone or does not answer.
    Browser(Failure),
    /// The time of the try was over.
    TimedOut(Failure),
}

impl Fault {
    /// The time of a try was over.
    pub(super) fn timed_out(waited_for: &str, limit: Duration) -> Self {
        let message = format!("{waited_for} within {limit:?}");
        Self::TimedOut(Failure::new(FailureCode::LoginFailed, message))
    }

    /// What is saved of it already, or else the failure that has still to be dealt with.
    pub(super) fn settled(self) -> Result<NoSession, Failure> {
        match self {
            Self::Human(_, no_session) | Self::Budget(no_session) => Ok(no_session),
            Self::Hopeless(failure)
            | Self::Broke(failure)
            | Self::Browser(failure)
            | Self::TimedOut(failure) => Err(failure),
        }
    }

    /// For the history.
    pub(super) fn result(&self) -> AttemptResult {
        match self {
            Self::Human(reason, _) => AttemptResult::NeedsHuman { reason: *reason },
            Self::Budget(_) => AttemptResult::BudgetSpent,
            Self::Hopeless(failure) | Self::Broke(failure) => {
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

pub(super) fn disk(error: &std::io::Error) -> Fault {
    let message = format!("the profile cannot be moved: {error}");
    Fault::Broke(Failure::new(FailureCode::Internal, message))
}

/// The session's storage was not read. A definition that asks for what no copy can hold does so the next time, too.
pub(super) fn not_copied(error: BrowserError) -> Fault {
    let BrowserError::Uncopiable { .. } = &error else {
        return super::crashed(error).into();
    };
    let message = format!("{error}; `clone: profile` copies the browser's whole profile instead");
    Fault::Hopeless(Failure::new(FailureCode::DefinitionError, message))
}
