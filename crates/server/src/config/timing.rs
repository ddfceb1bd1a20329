//! `[timing]` and `[retry]`.

use std::time::Duration;

use formhand_domain::RetryPolicy;
use formhand_engine::Timing;
use jiff::SignedDuration;
use serde::Deserialize;

use super::text::{Count, Span, Text};

/// Leases and deadlines as written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct TimingSection {
    lease: Option<Text<Span>>,
    renew_every: Option<Text<Span>>,
    margin: Option<Text<Span>>,
    step: Option<Text<Span>>,
    stale_sessions: Option<Count<20>>,
    session_wait: Option<Text<Span>>,
}

/// The rules of trying again as written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RetrySection {
    max_attempts: Option<Count<20>>,
    first_delay: Option<Text<Span>>,
}

impl TimingSection {
    /// Puts what is written over what was known before.
    pub(super) fn over(self, before: &Timing) -> Timing {
        Timing {
            lease: span(self.lease, before.lease),
            renew_every: duration(self.renew_every, before.renew_every),
            margin: span(self.margin, before.margin),
            step: duration(self.step, before.step),
            stale_sessions: self
                .stale_sessions
                .map_or(before.stale_sessions, |count| count.0),
            session_wait: duration(self.session_wait, before.session_wait),
            retry: before.retry,
            take_over: before.take_over.clone(),
        }
    }
}

impl RetrySection {
    /// Puts what is written over what was known before.
    pub(super) fn over(self, before: RetryPolicy) -> RetryPolicy {
        RetryPolicy {
            max_attempts: self
                .max_attempts
                .map_or(before.max_attempts, |count| count.0),
            first_delay: span(self.first_delay, before.first_delay),
        }
    }
}

/// What does not go together in these times; nothing if all does.
pub(super) fn contradiction(timing: &Timing) -> Option<String> {
    let renew_every = SignedDuration::try_from(timing.renew_every).unwrap_or(SignedDuration::MAX);
    if renew_every.saturating_mul(3) > timing.lease {
        return Some(format!(
            "timing.renew_every is {renew_every:#} and timing.lease {:#}: expected at most a third of it",
            timing.lease
        ));
    }
    if timing.margin.saturating_add(renew_every) >= timing.lease {
        return Some(format!(
            "timing.margin is {:#}, and a lease of {:#} that is renewed every {renew_every:#} \
             never has that left: expected less than timing.lease minus timing.renew_every",
            timing.margin, timing.lease
        ));
    }
    None
}

fn span(written: Option<Text<Span>>, before: SignedDuration) -> SignedDuration {
    written.map_or(before, |Text(Span(span))| span)
}

fn duration(written: Option<Text<Span>>, before: Duration) -> Duration {
    // A span is above zero, so it always fits.
    written.map_or(before, |Text(Span(span))| span.unsigned_abs())
}
