//! Logging in and staying so.

use std::time::Duration;

use formhand_domain::account::LoginBudget;

use super::{Condition, Step, Target};
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
    /// The most jobs of one account at a time.
    pub max_parallel: u32,
}

/// How a job gets its own copy of the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CloneMode {
    /// A browser context with the master's cookies and storage.
    Context,
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
