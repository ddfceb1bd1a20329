//! The portal's words, as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Target, Text};
use crate::parse::{Many, Spanned};

/// Where the portal speaks, and what it says.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Messages {
    /// The elements that hold messages.
    pub(crate) at: Many<Target>,
    /// What the words mean; the first rule that matches decides.
    #[serde(default)]
    pub(crate) rules: Many<Spanned<MessageRule>>,
}

/// What some words mean: exactly one of `equals`, `contains` and `matches`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MessageRule {
    /// Exactly this.
    pub(crate) equals: Option<Text>,
    /// This somewhere, whatever the case.
    pub(crate) contains: Option<Text>,
    /// This pattern somewhere.
    pub(crate) matches: Option<Text>,
    /// What kind of message it is.
    pub(crate) class: MessageClass,
    /// Whether another attempt can help, where it differs from the class.
    pub(crate) retryable: Option<bool>,
    /// Who has to act, where it differs from the class.
    pub(crate) who_acts: Option<WhoActs>,
}

/// What kind of message it is.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MessageClass {
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
    /// A field that was filled is said to be empty.
    FormNotTaken,
    /// The record's data is refused.
    DataRefused,
    /// Says nothing of success or failure.
    Information,
}

/// Who has to act.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WhoActs {
    /// Nobody: it is tried again by itself.
    Nobody,
    /// Whoever handed in the record.
    Submitter,
    /// Whoever keeps the portal's accounts.
    AccountKeeper,
    /// Whoever watches Formhand.
    Operator,
    /// Whoever wrote the definition.
    Developer,
}
