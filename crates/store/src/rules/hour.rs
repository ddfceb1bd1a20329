//! Full hours, as the columns hold them: by the microsecond that they begin with.

use jiff::Timestamp;

use crate::time;

/// Microseconds of an hour.
const HOUR: i64 = 3_600_000_000;

/// The hour of a stored time.
pub(crate) fn hour(micros: i64) -> i64 {
    micros - micros.rem_euclid(HOUR)
}

/// The first hour of a span, and the one that it ends before.
pub(crate) fn hours(from: Timestamp, until: Timestamp) -> (i64, i64) {
    (hour(time::present(from)), time::stored(until))
}
