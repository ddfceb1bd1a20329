//! Logging in, as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Condition, Duration, Step, Text};
use crate::parse::{Many, Spanned};

/// How to log in, and how to see whether one still is.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Session {
    /// The steps of a login, up to the click that sends it.
    pub(crate) login: Spanned<Many<Spanned<Step>>>,
    /// How long the portal may take to answer a login. 10s if not said.
    pub(crate) login_timeout: Option<Duration>,
    /// How often one login is tried with new captcha pictures. 5 if not said.
    pub(crate) captcha_tries: Option<Spanned<u32>>,
    /// How many logins may be tried. 8 an hour if not said.
    pub(crate) budget: Option<Spanned<Budget>>,
    /// Any of these shows that one is logged in.
    pub(crate) logged_in: Spanned<Many<Spanned<Condition>>>,
    /// Any of these shows that one is not.
    pub(crate) logged_out: Spanned<Many<Spanned<Condition>>>,
    /// The round trip that shows which of the two holds.
    pub(crate) check: CheckPage,
    /// How a job gets its own copy of the session. `context` if not said.
    pub(crate) clone: Option<CloneMode>,
    /// The most jobs of one account at a time. 1 if not said.
    pub(crate) max_parallel: Option<Spanned<u32>>,
}

/// How many logins may be tried in a stretch of time.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Budget {
    /// How many.
    pub(crate) logins: u32,
    /// In which stretch of time.
    pub(crate) per: Duration,
}

/// A page that only a live session gets to.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckPage {
    /// Its address.
    pub(crate) goto: Text,
    /// How long it may take. 15s if not said.
    pub(crate) timeout: Option<Duration>,
}

/// How a job gets its own copy of the session.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CloneMode {
    /// A browser context with the master's cookies and storage.
    Context,
}
