//! The one place that reads the wall clock.

use jiff::Timestamp;

/// The time that a ledger entry shows.
#[expect(
    clippy::disallowed_methods,
    reason = "the practice portal stands outside Formhand: it shows the time as a portal would"
)]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// Today as the portal's calendar shows it.
pub(crate) fn today() -> jiff::civil::Date {
    jiff::tz::Offset::UTC.to_datetime(now()).date()
}
