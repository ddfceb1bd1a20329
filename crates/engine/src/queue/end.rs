//! How an attempt ended, and what remains to be recorded of it.

use formhand_domain::{Failure, FailureCode};
use jiff::Timestamp;

use crate::{flow::Stop, submit::WriteError, takeover::GivenUp};

/// How an attempt ended, and what remains to be recorded of it.
pub(super) enum End {
    /// All steps are done; this failed among the optional ones after the filing.
    Complete(Option<Failure>),
    /// It failed. What that means follows from how far it came.
    Failed(Failure),
    /// It is given back unspent.
    GivenBack(Timestamp),
    /// A person gave up who had the page.
    GivenUp(GivenUp),
    /// All is recorded, or nothing may be recorded any more.
    Nothing,
}

/// What an attempt can still say when an event of it was not recorded.
pub(super) fn unwritable(error: &WriteError) -> End {
    match error {
        WriteError::LeaseLost(_) => End::Nothing,
        other => End::Failed(Failure::new(FailureCode::Internal, other.to_string())),
    }
}

/// The same for an error among the steps.
pub(super) fn stopped(stop: Stop) -> End {
    match stop {
        Stop::Failed(failed) => End::Failed(failed.failure),
        Stop::SessionGone => End::Failed(Failure::new(
            FailureCode::SessionExpired,
            "the session ended after the submit",
        )),
        Stop::GivenUp(given_up) => End::GivenUp(*given_up),
        Stop::Rejected | Stop::LeaseLost | Stop::Drained | Stop::Left => End::Nothing,
    }
}
