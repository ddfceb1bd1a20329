//! Why a portal was not measured.

use formhand_domain::Failure;
use thiserror::Error;

use crate::{
    flow::Stop,
    session::{NoSession, NotLoggedIn},
};

/// Why a portal was not measured.
#[derive(Debug, Clone, Error)]
pub enum PortalDoctorError {
    /// No login may be tried: the budget is spent, or the account needs a person.
    #[error("no login can be tried: {0}")]
    NoLogin(String),
    /// The login, or a browser, failed.
    #[error("{code}: {message}", code = .0.code, message = .0.message)]
    Failed(Failure),
    /// A browser that never logged in passes the definition's check.
    #[error("the definition's check says of a browser that never logged in that it is")]
    CheckProvesNothing,
}

impl From<NotLoggedIn> for PortalDoctorError {
    fn from(error: NotLoggedIn) -> Self {
        match error {
            NotLoggedIn::Failed(failure) => Self::Failed(failure),
            NotLoggedIn::NoSession(NoSession::Until(until, reason)) => {
                Self::NoLogin(format!("{reason} (until {until:.0})"))
            }
            NotLoggedIn::NoSession(NoSession::Human(reason)) => Self::NoLogin(reason),
            NotLoggedIn::NoSession(_) => Self::NoLogin("there is no session".to_owned()),
        }
    }
}

impl From<Stop> for PortalDoctorError {
    fn from(stop: Stop) -> Self {
        Self::Failed(match stop {
            Stop::Failed(failed) => failed.failure,
            _ => Failure::new(
                formhand_domain::FailureCode::Internal,
                "the check ended early",
            ),
        })
    }
}
