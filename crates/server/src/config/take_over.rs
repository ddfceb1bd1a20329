//! `[take_over]`.

use formhand_engine::TakeOverTiming;
use serde::Deserialize;

use super::text::{Span, Text};

/// How long people may have pages, as written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct TakeOverSection {
    idle: Option<Text<Span>>,
    limit: Option<Text<Span>>,
    wait_on_failure: Option<Text<Span>>,
}

impl TakeOverSection {
    /// Puts what is written over what was known before.
    pub(super) fn over(self, before: &TakeOverTiming) -> TakeOverTiming {
        // A span is above zero, so it always fits.
        let duration = |Text(Span(span)): Text<Span>| span.unsigned_abs();
        TakeOverTiming {
            idle: self.idle.map_or(before.idle, duration),
            whole: self.limit.map_or(before.whole, duration),
            wait_on_failure: self
                .wait_on_failure
                .map_or(before.wait_on_failure, |span| Some(duration(span))),
        }
    }
}
