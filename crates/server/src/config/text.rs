//! Values that are written as text, with a message that shows an example.

use std::str::FromStr;

use jiff::{SignedDuration, SpanRelativeTo};
use serde::{Deserialize, Deserializer, de};

/// A value that is parsed from text.
pub(super) trait Example: FromStr {
    /// What would be right, with an example.
    const EXPECTED: &'static str;
}

/// A text that was parsed.
pub(super) struct Text<T>(pub(super) T);

impl<'de, T: Example> Deserialize<'de> for Text<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Text).map_err(|_| {
            de::Error::custom(format!("{text:?} is not valid: expected {}", T::EXPECTED))
        })
    }
}

impl Example for std::net::SocketAddr {
    const EXPECTED: &'static str = "an IP address and a port such as \"127.0.0.1:7070\"";
}

impl Example for url::Url {
    const EXPECTED: &'static str = "an absolute address such as \"http://127.0.0.1:4600\"";
}

/// A length of time above zero, such as `30s` or `1m 30s`. A day is 24 hours.
pub(crate) struct Span(pub(crate) SignedDuration);

impl FromStr for Span {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let span: jiff::Span = text.parse().map_err(|_| ())?;
        let day = SpanRelativeTo::days_are_24_hours();
        let span = span.to_duration(day).map_err(|_| ())?;
        (span > SignedDuration::ZERO)
            .then_some(Self(span))
            .ok_or(())
    }
}

impl Example for Span {
    const EXPECTED: &'static str = "a length of time above zero such as \"30s\" or \"1m 30s\"";
}

/// A whole number from 1 to `MOST`.
pub(super) struct Count<const MOST: u32>(pub(super) u32);

impl<'de, const MOST: u32> Deserialize<'de> for Count<MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = i64::deserialize(deserializer)?;
        u32::try_from(number)
            .ok()
            .filter(|number| (1..=MOST).contains(number))
            .map(Self)
            .ok_or_else(|| {
                de::Error::custom(format!("{number} is out of range: expected 1 to {MOST}"))
            })
    }
}
