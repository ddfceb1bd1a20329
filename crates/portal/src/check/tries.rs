//! A step's own tries.

use std::{ops::RangeInclusive, time::Duration};

use super::{Checker, place::Place};
use crate::{model::Tries, parse::Spanned, raw};

/// One try is what every step has; what fails ten times needs a person.
const TIMES: RangeInclusive<u32> = 2..=10;

/// A portal that makes a document in the background has it after a moment.
const PAUSE: Duration = Duration::from_secs(2);

impl Checker<'_> {
    pub(super) fn tries(&self, raw: &Spanned<raw::Tries>, place: &Place<'_>) -> Option<Tries> {
        let Spanned { span, value } = raw;
        if place.logs_in() {
            return self.error(
                *span,
                "a login has no tries of this kind",
                "it is tried again as `captcha_tries` and `recovery` say",
            );
        }
        if place.submits.is_empty() {
            return self.error(
                *span,
                "`tries` belongs to steps after the `submit`",
                "before it nothing is filed yet, and the job as a whole is tried again in a fresh copy of the session",
            );
        }
        if !TIMES.contains(&value.times) {
            return self.error(
                *span,
                format!("expected {} to {} tries", TIMES.start(), TIMES.end()),
                "such as `tries: 3` or `tries: {times: 3, pause: 2s}`",
            );
        }
        Some(Tries {
            times: value.times,
            pause: value.pause.map_or(PAUSE, |pause| pause.0),
        })
    }
}
