//! What becomes of a value.

use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use super::super::value::DayForm;

/// What becomes of a value of a document.
#[derive(Debug, Clone)]
pub(in crate::mapping) enum Convert {
    /// A text, a number, or true or false stays what it is.
    Keep,
    /// It becomes this, if nothing is lost.
    As(Kind),
    /// A number of other units, and what it becomes.
    Scale(Scale, Kind),
    /// A day.
    Date(DateRule),
    /// The value that stands for the document's word.
    Values(Map<String, Value>),
}

/// What a value can become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mapping) enum Kind {
    Text,
    Number,
    Integer,
    Boolean,
}

/// How a number is brought to other units.
#[derive(Debug, Clone, Copy)]
pub(in crate::mapping) enum Scale {
    Multiply(u32),
    Divide(u32),
}

/// How a date is read and written.
#[derive(Debug, Clone)]
pub(in crate::mapping) struct DateRule {
    pub(in crate::mapping) read: ReadDate,
    pub(in crate::mapping) write: DayForm,
}

/// What a document holds as a date.
#[derive(Debug, Clone)]
pub(in crate::mapping) enum ReadDate {
    /// A text in this form.
    Day(DayForm),
    /// A moment; its day in this zone is meant.
    Moment(TimeZone),
    /// A day, kept as the moment at which it begins in this zone. Any other moment shows that the zone is not the right
    /// one.
    Midnight(TimeZone),
    /// Seconds since 1970 of a moment.
    EpochSeconds(TimeZone),
    /// Milliseconds since 1970 of a moment.
    EpochMilliseconds(TimeZone),
}
