//! How a session is kept alive and renewed, as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Duration, or_off::Example};
use crate::parse::Spanned;

/// A request of the check page, time and again.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Heartbeat {
    /// How long it is from one request to the next.
    pub(crate) every: Spanned<Duration>,
}

impl Example for Heartbeat {
    const EXAMPLE: &'static str = "{every: 5m}";
}

/// A login ahead of time, before jobs meet the end of the session.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Renewal {
    /// How many logins ahead of time one expiry that jobs meet is worth.
    pub(crate) worth: Spanned<f64>,
}

impl Example for Renewal {
    const EXAMPLE: &'static str = "{worth: 5}";
}
