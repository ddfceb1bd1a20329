//! How a practice portal is set up.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::faults::Fault;

/// All that can be chosen when the portal starts.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Options {
    /// Port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// Who may log in.
    pub users: Vec<User>,
    /// Factor on all of the portal's own delays: 0 switches them off, 1 is the real manner.
    pub delays: f64,
    /// Seed of captchas, session ids and opaque links; without it they differ at every start.
    pub seed: Option<u64>,
    /// The portal's "today"; without it the wall clock decides.
    pub today: Option<Date>,
    /// Whether the login form asks for a captcha.
    pub captcha: bool,
    /// Whether the promo window opens after a login.
    pub promo: bool,
    /// A session that is not used for this long is over.
    pub session_idle_ms: u64,
    /// Whether a login ends the older sessions of the same user.
    pub single_session: bool,
    /// So many wrong passwords in a row lock the user; 0 never locks.
    pub lock_after: u32,
    /// The one-time code that a user in state `otp` must enter.
    pub otp: String,
    /// Whether connections are kept for the next request. Chromium sends a request again by itself,
    /// a POST too, when a kept connection dies before the first byte of an answer.
    pub keep_alive: bool,
    /// Whether the widgets ignore events that a script made.
    pub trusted_events_only: bool,
    /// How many other customers' proposals stand in Pending Quotes.
    pub other_customers: u32,
    /// Faults that are on from the start.
    pub faults: Vec<Fault>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            users: vec![User::default()],
            delays: 1.0,
            seed: None,
            today: None,
            captcha: true,
            promo: true,
            // The real portal's idle life is believed to be 30 to 60 minutes.
            session_idle_ms: 30 * 60 * 1000,
            single_session: false,
            lock_after: 3,
            otp: "246810".to_owned(),
            keep_alive: true,
            trusted_events_only: false,
            other_customers: 6,
            faults: Vec::new(),
        }
    }
}

/// One login of the portal. The default is the invented `practice.broker`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    /// What is typed into `#txtUserName`.
    pub name: String,
    /// What is typed into `#txtPassword`.
    pub password: String,
    /// What the portal thinks of this user.
    #[serde(default)]
    pub state: UserState,
}

impl User {
    /// A user in good standing.
    pub fn new(name: impl Into<String>, password: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            password: password.into(),
            state: UserState::Normal,
        }
    }

    /// The same user in another state.
    #[must_use]
    pub fn with_state(mut self, state: UserState) -> Self {
        self.state = state;
        self
    }
}

impl Default for User {
    fn default() -> Self {
        Self::new("practice.broker", "not-a-real-password")
    }
}

/// What a login of this user meets.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UserState {
    /// Gets in.
    #[default]
    Normal,
    /// "User is locked".
    Locked,
    /// Is asked for a one-time code after the password.
    Otp,
    /// "Password has expired".
    PasswordExpired,
    /// Gets in and may save, but `Make Payment` is hidden.
    PaymentLocked,
}
