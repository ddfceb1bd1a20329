//! One-time codes, as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Condition, Step, Target};
use crate::parse::{Many, Spanned};

/// How a one-time code is given to a portal that asks for one after the login was sent.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OneTimeCode {
    /// Shows that the portal asks for it.
    pub(crate) asked: Spanned<Condition>,
    /// What is done then, with `otp` for the code, up to the click that sends it.
    pub(crate) steps: Spanned<Many<Spanned<Step>>>,
}

/// Types the code.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Otp {
    /// The field for the code.
    pub(crate) into: Target,
    /// How many digits a code has.
    pub(crate) digits: Spanned<usize>,
}
