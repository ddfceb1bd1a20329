//! Logging in and staying so.

use std::{collections::BTreeSet, time::Duration};

use formhand_domain::account::{LoginBudget, RecoveryRules, RenewalPolicy};
use jiff::SignedDuration;

use super::{Condition, OneTimeCode, Step, Target};
use crate::value::Template;

/// How to log in, and how to see whether one still is.
#[derive(Debug, Clone)]
pub struct SessionRules {
    /// The steps of a login, from opening the page to the click that sends it. Only here is `account.password` known.
    pub login: Vec<Step>,
    /// How long the portal may take to answer a login.
    pub login_timeout: Duration,
    /// How often one login is repeated with a new picture after a captcha mistake, the first try counted.
    pub captcha_tries: u32,
    /// How many logins may be tried in a stretch of time.
    pub budget: LoginBudget,
    /// Any of these shows that one is logged in.
    pub logged_in: Vec<Condition>,
    /// Any of these shows that one is not.
    pub logged_out: Vec<Condition>,
    /// The page that a round trip opens to see which of the two holds. A live session gets there.
    pub check_url: Template,
    /// How long that may take.
    pub check_timeout: Duration,
    /// How a job gets its own copy of the session.
    pub clone: CloneMode,
    /// What of the session a clone of the kind [`CloneMode::Context`] gets; nothing for the other kinds.
    pub carries: BTreeSet<Carried>,
    /// The portal keeps one live session for a user: each login ends the one before it, with all its clones.
    pub exclusive: bool,
    /// The most jobs of one account at a time.
    pub max_parallel: u32,
    /// How long it is at least from the start of a job to the start of the account's next.
    pub pace: Option<SignedDuration>,
    /// How long it is from one request that keeps the session alive to the next; nothing if there are none.
    pub heartbeat: Option<Duration>,
    /// How a login ahead of time is weighed against an expiry that jobs meet; nothing if the session is never renewed.
    pub renewal: Option<RenewalPolicy>,
    /// How a session that is gone is got back.
    pub recovery: RecoveryRules,
    /// How the portal gets a one-time code if it asks for one after the login was sent.
    pub one_time_code: Option<OneTimeCode>,
}

/// How a job gets its own copy of the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CloneMode {
    /// A browser context with what [`SessionRules::carries`] names of the master's.
    Context,
    /// A browser of its own with a copy of the master's profile.
    Profile,
    /// A browser context that logs in by itself. Never on an exclusive portal.
    Login,
}

/// A part of a session that a clone can get.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Carried {
    /// The cookies, with those that end with the browser.
    Cookies,
    /// `localStorage` of the portal's origins.
    LocalStorage,
    /// `sessionStorage` of the portal's origins.
    SessionStorage,
    /// The `IndexedDB` databases of the portal's origins.
    IndexedDb,
}

/// A captcha picture and where its letters go.
#[derive(Debug, Clone)]
pub struct CaptchaRule {
    /// The picture.
    pub image: Target,
    /// The field for the answer.
    pub into: Target,
    /// How many characters it shows.
    pub length: usize,
    /// Which characters it can show.
    pub alphabet: String,
    /// The least width and height in pixels of a whole picture; a smaller one is a broken capture.
    pub min_size: (u32, u32),
}
