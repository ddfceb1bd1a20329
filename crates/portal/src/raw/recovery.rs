//! How a session is got back, as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Duration;
use crate::parse::Spanned;

/// How a session that is gone is got back, level after level.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Recovery {
    /// A login in the same browser. `{tries: 3, limit: 60s, pause: 2s}` if not said.
    #[serde(default)]
    pub(crate) soft: Level,
    /// A new browser on the same profile. `{tries: 2, limit: 90s, pause: 5s}` if not said.
    #[serde(default)]
    pub(crate) hard: Level,
    /// A new browser on an empty profile, with the old one kept. `{tries: 1, limit: 2m, pause: 5s}` if not said.
    #[serde(default)]
    pub(crate) nuclear: Level,
    /// How long an account rests when all of it failed. 5m if not said.
    pub(crate) cool_down: Option<Duration>,
    /// How many old profiles are kept. 3 if not said.
    pub(crate) backups: Option<Spanned<u32>>,
}

/// One level of it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Level {
    /// How often it is tried; 0 leaves the level out.
    pub(crate) tries: Option<Spanned<u32>>,
    /// How long one try may take.
    pub(crate) limit: Option<Spanned<Duration>>,
    /// How long it waits before the second try, and twice as long before each one after that.
    pub(crate) pause: Option<Duration>,
}
