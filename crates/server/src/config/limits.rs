//! `[limits]`: how much a client may ask, and how slowly.

use std::net::IpAddr;

use serde::Deserialize;

use super::text::{Count, Span, Text};
use crate::{
    access::{Pace, RateLimits},
    http::ServeLimits,
};

/// Limits as written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct LimitsSection {
    requests_per_second: Option<Count<100_000>>,
    strangers_per_second: Option<Count<100_000>>,
    connections: Option<Count<100_000>>,
    connections_per_address: Option<Count<100_000>>,
    head_time: Option<Text<Span>>,
    body_time: Option<Text<Span>>,
    body_pause: Option<Text<Span>>,
    proxies: Option<Vec<IpAddr>>,
}

/// How much a client may ask, and how slowly.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LimitsConfig {
    /// How often somebody may ask.
    pub rates: RateLimits,
    /// What a client may use up before anybody knows who it is.
    pub serve: ServeLimits,
    /// Proxies that are believed when they say whom they speak for.
    pub proxies: Vec<IpAddr>,
}

impl LimitsSection {
    /// Puts what is written over what was known before.
    pub(super) fn over(self, before: LimitsConfig) -> LimitsConfig {
        let pace = |written: Option<Count<100_000>>, before| {
            written.map_or(before, |Count(count)| Pace::per_second(count))
        };
        let count = |written: Option<Count<100_000>>, before| {
            written.map_or(before, |Count(count)| count as usize)
        };
        let time = |written: Option<Text<Span>>, before| {
            // A span is above zero, so it always fits.
            written.map_or(before, |Text(Span(span))| span.unsigned_abs())
        };
        let LimitsConfig {
            rates,
            serve,
            proxies,
        } = before;
        LimitsConfig {
            rates: RateLimits {
                caller: pace(self.requests_per_second, rates.caller),
                stranger: pace(self.strangers_per_second, rates.stranger),
            },
            serve: ServeLimits {
                connections: count(self.connections, serve.connections),
                connections_per_address: count(
                    self.connections_per_address,
                    serve.connections_per_address,
                ),
                head: time(self.head_time, serve.head),
                body: time(self.body_time, serve.body),
                body_pause: time(self.body_pause, serve.body_pause),
            },
            proxies: self.proxies.unwrap_or(proxies),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{path::Path, time::Duration};

    use super::{super::Config, *};

    #[test]
    fn the_printed_limits_are_the_programs_own_and_each_can_be_changed() {
        let defaults = Config::defaults().unwrap();
        assert_eq!(defaults.limits, LimitsConfig::default());
        let text = "[limits]\nrequests_per_second = 5\nhead_time = \"3s\"\n";
        let changed = defaults.with(Path::new("formhand.toml"), text).unwrap();
        assert_eq!(changed.limits.rates.caller, Pace::per_second(5));
        assert_eq!(changed.limits.serve.head, Duration::from_secs(3));
        let stranger = LimitsConfig::default().rates.stranger;
        assert_eq!(changed.limits.rates.stranger, stranger);
    }
}
