//! What documents hold: values in `MongoDB`'s relaxed extended JSON, exact numbers, dates as they are written.

mod day_form;
mod decimal;
mod found;
mod uuid;

pub(super) use day_form::{DAY_FORMS, DayForm};
pub(super) use decimal::Decimal;
pub(super) use found::{Found, is_nothing, look};

/// Forms in which a document holds a moment or a day of a time zone, not a written day.
pub(super) const MOMENT_FORMS: &[&str] = &[
    "datetime",
    "midnight",
    "epoch_seconds",
    "epoch_milliseconds",
];
