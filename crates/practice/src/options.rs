//! How a practice portal is set up.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::faults::Fault;
use crate::session::SessionLife;
use crate::totp::Secret;

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
    /// How long a session lives from its login, whatever it does; without it, for as long as it is used.
    pub session_life: Option<SessionLife>,
    /// What a browser must bring for the portal to know it.
    pub login_carried_by: LoginCarrier,
    /// How long a page shows itself before it asks whether its login is known, where more than the cookie carries the
    /// login. With 0 it shows nothing before the answer.
    pub login_check_delay_ms: u64,
    /// Whether the session cookie has a lifetime of its own, and so outlives the browser.
    pub persistent_cookie: bool,
    /// Whether a session lives in the browser of its login only: shown without that browser's device cookie, it ends.
    pub device_bound: bool,
    /// So many wrong passwords in a row lock the user; 0 never locks.
    pub lock_after: u32,
    /// The one-time code that a user in state `otp` must enter, if he has no `totp_secret`.
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

impl Options {
    /// A portal that costs no time: no delays, no promotion in the way, no captcha.
    pub fn swift() -> Self {
        Self {
            delays: 0.0,
            promo: false,
            captcha: false,
            ..Self::default()
        }
    }
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
            session_life: None,
            login_carried_by: LoginCarrier::Cookie,
            login_check_delay_ms: 0,
            persistent_cookie: false,
            device_bound: false,
            lock_after: 3,
            otp: "246810".to_owned(),
            keep_alive: true,
            trusted_events_only: false,
            other_customers: 6,
            faults: Vec::new(),
        }
    }
}

impl Options {
    pub(crate) fn check(&self) -> Result<(), OptionError> {
        if let Some(life) = self.session_life {
            life.check()?;
        }
        for user in &self.users {
            if user.totp_secret.is_some() && user.totp().is_none() {
                let user = user.name.clone();
                return Err(OptionError::TotpSecret { user });
            }
        }
        Ok(())
    }
}

/// An option that makes no sense.
#[derive(Debug, thiserror::Error)]
pub enum OptionError {
    /// No life can be drawn from it.
    #[error("`{setting}` of a session life must be above 0")]
    SessionLife {
        /// Which setting.
        setting: &'static str,
    },
    /// No code can be made of it.
    #[error("`totp_secret` of user `{user}` is not base32")]
    TotpSecret {
        /// Whose.
        user: String,
    },
}

/// What carries a login from one page to the next.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LoginCarrier {
    /// The session cookie alone.
    #[default]
    Cookie,
    /// The cookie, and a token in the local storage.
    LocalStorage,
    /// The cookie, and a token in the tab's session storage.
    SessionStorage,
    /// The cookie, and a token in `IndexedDB`.
    IndexedDb,
    /// The cookie, and a token in `IndexedDB` under a key that never leaves the browser.
    SealedIndexedDb,
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
    /// In state `otp`, the right code is made of this (base32, RFC 6238) and the time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totp_secret: Option<String>,
}

impl User {
    /// A user in good standing.
    pub fn new(name: impl Into<String>, password: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            password: password.into(),
            state: UserState::Normal,
            totp_secret: None,
        }
    }

    /// The same user in another state.
    #[must_use]
    pub fn with_state(mut self, state: UserState) -> Self {
        self.state = state;
        self
    }

    /// The same user in state `otp`, with codes that are made of this secret and the time.
    #[must_use]
    pub fn with_totp(mut self, secret: impl Into<String>) -> Self {
        self.totp_secret = Some(secret.into());
        self.with_state(UserState::Otp)
    }

    pub(crate) fn totp(&self) -> Option<Secret> {
        Secret::read(self.totp_secret.as_deref()?)
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
