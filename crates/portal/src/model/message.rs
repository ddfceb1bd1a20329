//! The portal's words and what they mean.

use formhand_domain::{FailureCode, WhoActs};

use super::{Target, TextMatch};

/// Where the portal speaks, and what it says.
#[derive(Debug, Clone, Default)]
pub struct Messages {
    /// The elements that hold messages. Empty or hidden ones say nothing. Each may match many elements.
    pub at: Vec<Target>,
    /// What the words mean; the first rule that matches decides.
    pub rules: Vec<MessageRule>,
}

impl Messages {
    /// The phrases that are known word by word: the portal says them to everybody.
    pub fn phrases(&self) -> Vec<String> {
        let phrase = |rule: &MessageRule| match &rule.matches {
            TextMatch::Equals(text) | TextMatch::Contains(text) => Some(text.clone()),
            TextMatch::Matches(_) => None,
        };
        self.rules.iter().filter_map(phrase).collect()
    }
}

/// What some words mean.
#[derive(Debug, Clone)]
pub struct MessageRule {
    /// The words.
    pub matches: TextMatch,
    /// What kind of message it is.
    pub class: MessageClass,
    /// Whether another attempt can help, where it differs from the class.
    pub retryable: Option<bool>,
    /// Who has to act, where it differs from the class.
    pub who_acts: Option<WhoActs>,
}

/// What kind of message it is; decides what happens next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageClass {
    /// The captcha was misread.
    Captcha,
    /// User name or password are wrong.
    BadCredentials,
    /// The account is locked.
    Locked,
    /// A one-time code or a new password is demanded.
    HumanNeeded,
    /// The session is over.
    SessionExpired,
    /// The portal is broken.
    PortalFault,
    /// The network is.
    Network,
    /// A field that was filled is said to be empty: a widget did not take it.
    FormNotTaken,
    /// The record's data is refused.
    DataRefused,
    /// Says nothing of success or failure.
    Information,
}

impl MessageClass {
    /// The failure that such a message is, if it is one.
    pub fn failure_code(self) -> Option<FailureCode> {
        match self {
            Self::Captcha => Some(FailureCode::CaptchaUnsolved),
            Self::BadCredentials => Some(FailureCode::BadCredentials),
            Self::Locked => Some(FailureCode::AccountLocked),
            Self::HumanNeeded => Some(FailureCode::HumanNeeded),
            Self::SessionExpired => Some(FailureCode::SessionExpired),
            Self::PortalFault => Some(FailureCode::PortalFault),
            Self::Network => Some(FailureCode::Network),
            Self::FormNotTaken => Some(FailureCode::FormNotTaken),
            Self::DataRefused => Some(FailureCode::DataRefused),
            Self::Information => None,
        }
    }
}
