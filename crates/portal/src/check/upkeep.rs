//! Keeping a session alive, and renewing it before it ends.

use std::time::Duration;

use formhand_domain::account::RenewalPolicy;

use super::Checker;
use crate::raw::{self, OrOff};

/// Below the idle life of every portal that we know, by far.
const HEARTBEAT: Duration = Duration::from_mins(5);
/// No session dies of ten idle seconds.
const SHORTEST_HEARTBEAT: Duration = Duration::from_secs(10);

impl Checker<'_> {
    /// The outer `None` means a recorded error, the inner one that it is off.
    #[expect(
        clippy::option_option,
        reason = "an error and an answer of none are two things"
    )]
    pub(super) fn heartbeat(
        &self,
        raw: Option<&OrOff<raw::Heartbeat>>,
    ) -> Option<Option<Duration>> {
        let every = match raw {
            None => return Some(Some(HEARTBEAT)),
            Some(OrOff::Off) => return Some(None),
            Some(OrOff::On(heartbeat)) => &heartbeat.every,
        };
        if every.value.0 < SHORTEST_HEARTBEAT {
            return self.error(
                every.span,
                format!(
                    "a request every {} would be load, and no session needs it",
                    every.value
                ),
                "10s or more, such as `heartbeat: {every: 5m}`, or `heartbeat: off`",
            );
        }
        Some(Some(every.value.0))
    }

    /// As with the heartbeat.
    #[expect(
        clippy::option_option,
        reason = "an error and an answer of none are two things"
    )]
    pub(super) fn renewal(
        &self,
        raw: Option<&OrOff<raw::Renewal>>,
    ) -> Option<Option<RenewalPolicy>> {
        let worth = match raw {
            None => return Some(Some(RenewalPolicy::default())),
            Some(OrOff::Off) => return Some(None),
            Some(OrOff::On(renewal)) => &renewal.worth,
        };
        if !(worth.value.is_finite() && worth.value > 0.0) {
            return self.error(
                worth.span,
                "expected a number above 0: how many logins ahead of time one expiry is worth",
                "such as `renewal: {worth: 5}`, or `renewal: off`",
            );
        }
        Some(Some(RenewalPolicy {
            worth: worth.value,
            ..RenewalPolicy::default()
        }))
    }
}
