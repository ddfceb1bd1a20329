//! Questions that wait for a person.

use formhand_domain::{AccountKey, QuestionId};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// The letters of a captcha picture.
    Captcha,
    /// The code that the portal has sent to whoever keeps the account. There is no picture.
    OneTimeCode,
}

/// A question and, once there is one, its answer.
#[derive(Clone, PartialEq, Eq)]
pub struct Question {
    /// Its identity.
    pub id: QuestionId,
    /// What is asked.
    pub kind: QuestionKind,
    /// For which account.
    pub account: AccountKey,
    /// The picture, as PNG; empty if the question has none.
    pub picture: Vec<u8>,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// After this it is worthless.
    pub expires_at: Timestamp,
    /// The answer.
    pub answer: Option<String>,
}
