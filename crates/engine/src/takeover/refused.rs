//! Why a take-over, or something in it, is refused.

use thiserror::Error;

/// Why a take-over, or something in it, is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TakeOverRefused {
    /// No browser of this server works on the job.
    #[error("no browser of this server works on the job now")]
    NotHere,
    /// The form is being submitted, or was.
    #[error(
        "the form is being submitted, or was: from there on nobody may come between, and what became of it is \
         seen in a moment"
    )]
    TooLate,
    /// Somebody else has the page, or has asked for it.
    #[error("{by} has the page, or has asked for it")]
    Others {
        /// Who.
        by: String,
    },
    /// The caller does not have the page.
    #[error("you do not have the page: ask for it first, and wait until the steps have halted")]
    NotYours,
    /// The take-over ended meanwhile.
    #[error(
        "the take-over has ended: its time was over, or the session, the browser or the server ended"
    )]
    Ended,
    /// A step failed, so the steps cannot go on as if it had not.
    #[error(
        "the step failed, so the steps cannot go on as if it was done: what it sets would not be compared with the \
         record before the submit. Mend the page and have the step tried again, or give up"
    )]
    StepFailed,
    /// No step failed.
    #[error("no step failed, so there is none to try again: let the steps go on, or give up")]
    NothingFailed,
    /// The page did not take the act.
    #[error("{0}")]
    NotDone(String),
}
