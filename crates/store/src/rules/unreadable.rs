//! What becomes of a job that cannot be read: it keeps no other from its turn, and is reported each time it is met.

use formhand_domain::Job;
use jiff::{SignedDuration, Timestamp};

use crate::{StoreError, time};

/// A job that is due and cannot be read is looked at again after this: somebody may have put it right.
const ASIDE: SignedDuration = SignedDuration::from_hours(1);

/// The due time that such a job gets.
pub(crate) fn aside(id: &str, error: &str, now: Timestamp) -> i64 {
    tracing::error!(
        job = id,
        error,
        "a job that is due cannot be read, and is set aside for an hour"
    );
    time::stored(now.saturating_add(ASIDE).unwrap_or(Timestamp::MAX))
}

/// One of many jobs; nothing if it cannot be read, which is reported.
pub(crate) fn readable(read: Result<Job, StoreError>) -> Option<Result<Job, StoreError>> {
    match read {
        Err(StoreError::Corrupt(error)) => {
            tracing::error!(error, "a job cannot be read, and is left out");
            None
        }
        read => Some(read),
    }
}
