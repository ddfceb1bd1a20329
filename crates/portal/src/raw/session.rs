//! Logging in, as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Condition, Duration, Heartbeat, OneTimeCode, OrOff, Recovery, Renewal, Step, Text};
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
    pub(crate) clone: Option<Spanned<CloneMode>>,
    /// What of the session a copy of the kind `context` gets. Cookies, local storage and session storage if not said.
    pub(crate) carries: Option<Spanned<Vec<Spanned<Carried>>>>,
    /// The portal keeps one live session for a user: each login ends the one before it. `false` if not said.
    pub(crate) exclusive: Option<bool>,
    /// The most jobs of one account at a time. 1 if not said.
    pub(crate) max_parallel: Option<Spanned<u32>>,
    /// How long it is at least from the start of a job to the start of the account's next. No time if not said.
    pub(crate) pace: Option<Duration>,
    /// The request that keeps the session alive and shows when it is over, or `off`. Every 5m if not said.
    pub(crate) heartbeat: Option<OrOff<Heartbeat>>,
    /// How a login ahead of time is weighed against an expiry that jobs meet, or `off`. `{worth: 5}` if not said.
    pub(crate) renewal: Option<OrOff<Renewal>>,
    /// How a session that is gone is got back.
    pub(crate) recovery: Option<Spanned<Recovery>>,
    /// How a one-time code is given to a portal that asks for one after the login was sent.
    pub(crate) one_time_code: Option<OneTimeCode>,
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
    /// A browser of its own with a copy of the master's profile.
    Profile,
    /// A browser context that logs in by itself.
    Login,
}

/// A part of a session.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Carried {
    /// The cookies, with those that end with the browser.
    Cookies,
    /// `localStorage` of the portal's origins.
    LocalStorage,
    /// `sessionStorage` of the portal's origins.
    SessionStorage,
    /// The `IndexedDB` databases of the portal's origins.
    IndexedDb,
}
