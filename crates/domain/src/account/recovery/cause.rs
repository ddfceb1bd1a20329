//! Why a session has to be brought back.

use super::RecoveryLevel;
use crate::names::wire_names;

wire_names! {
    /// What set a recovery off.
    RecoveryCause {
        /// The first job or person since the server started wants the session.
        FirstUse = "first_use",
        /// The portal no longer knows the session.
        Expired = "expired",
        /// The browser's process has ended.
        BrowserGone = "browser_gone",
        /// The browser lives and does not answer.
        BrowserHung = "browser_hung",
        /// A person asked for it.
        Asked = "asked",
        /// The session is about to expire, by the lives of those before it.
        Renewal = "renewal",
        /// The account was down, and its cool-down is over.
        Probe = "probe",
        /// Another server kept the session, and does not any more.
        TakenOver = "taken_over",
    }
}

impl RecoveryCause {
    /// The lowest level that can help. There is nothing to log in with in a browser that is gone or hangs.
    pub fn first_level(self) -> RecoveryLevel {
        match self {
            Self::BrowserGone | Self::BrowserHung => RecoveryLevel::Hard,
            Self::FirstUse
            | Self::Expired
            | Self::Asked
            | Self::Renewal
            | Self::Probe
            | Self::TakenOver => RecoveryLevel::Soft,
        }
    }
}
