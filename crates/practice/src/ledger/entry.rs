//! The kinds of things that the ledger holds.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

/// One line of the ledger.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// Position, counted from 1; never reused, not even after a reset.
    pub seq: u64,
    /// When it happened.
    pub at: Timestamp,
    /// Whose session it was.
    pub user: Option<String>,
    /// A short hash of the session id, never the id itself.
    pub session: Option<String>,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// What can happen.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A request arrived (pages and calls of the portal, not assets and not the admin API).
    Request {
        /// HTTP method.
        method: String,
        /// Path without the query.
        path: String,
    },
    /// A request waits until it is released.
    Held {
        /// Path without the query.
        path: String,
    },
    /// A session was refused: redirect to the login, or 401.
    Refused {
        /// Path without the query.
        path: String,
    },
    /// Someone tried to log in.
    Login {
        /// What was typed as the user name.
        name: String,
        /// How it ended.
        outcome: LoginOutcome,
    },
    /// A session ended. A session's own lines, from the accepted login on, bear its hash.
    SessionEnded(SessionEnd),
    /// Sessions were ended by a fault or by the admin API; the line of each comes before.
    Expired {
        /// How many.
        count: usize,
    },
    /// A customer was validated.
    Customer {
        /// Whether "Customer Already Exists" was answered.
        existed: bool,
    },
    /// A save was asked for.
    Save(Save),
    /// The answer to a request was handed to the network.
    Answered {
        /// Path without the query.
        path: String,
        /// HTTP status.
        status: u16,
        /// The sequence number of the save that it answers.
        save: Option<u64>,
    },
    /// The connection was cut instead of an answer.
    Cut {
        /// Path without the query.
        path: String,
    },
    /// Someone searched for a policy.
    Search {
        /// What was typed.
        text: String,
        /// How many proposals were shown.
        found: usize,
    },
    /// A payment was asked for.
    Payment(Payment),
    /// Documents were handed in.
    Kyc {
        /// For this proposal.
        proposal_no: String,
        /// Whether they were taken.
        accepted: bool,
    },
}

/// How a login try ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LoginOutcome {
    /// A session was made.
    Accepted,
    /// "Captcha is not valid".
    WrongCaptcha,
    /// "Invalid user name or password".
    WrongPassword,
    /// "User is locked".
    Locked,
    /// "Password has expired".
    PasswordExpired,
    /// A one-time code is asked for.
    OtpDemanded,
    /// The one-time code was wrong.
    WrongOtp,
    /// The form came back without a word.
    Silent,
}

/// The end of one session.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct SessionEnd {
    /// Why.
    pub reason: EndReason,
    /// How long it lived, from its login to the moment from which on it was refused.
    pub lived_ms: u64,
}

/// Why a session ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// It lived as long as `session_life` gave it.
    Life,
    /// It was not used for `session_idle_ms`.
    Idle,
    /// The user logged in again, and only one session may live.
    SecondLogin,
    /// It was shown without the device cookie that it is bound to.
    OtherDevice,
    /// A fault.
    Fault,
    /// The admin API, or a test.
    Admin,
    /// The user logged out.
    Logout,
}

/// One `POST /Motor/SaveMotorIMD` that reached the portal.
#[derive(Clone, Debug, Serialize)]
pub struct Save {
    /// The customer: the chassis number.
    pub chassis: String,
    /// Whether the portal keeps it as a proposal.
    pub committed: bool,
    /// Its number, when committed.
    pub proposal_no: Option<String>,
    /// The quote's number, when committed.
    pub quote_no: Option<String>,
    /// What the portal said, when refused.
    pub refusal: Option<String>,
    /// All that was posted.
    pub fields: BTreeMap<String, String>,
}

/// One payment link that was asked for.
#[derive(Clone, Debug, Serialize)]
pub struct Payment {
    /// The proposals that were ticked.
    pub proposal_nos: Vec<String>,
    /// `Send Payment Link` or another mode.
    pub mode: String,
}
