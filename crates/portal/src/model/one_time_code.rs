//! The code that some portals send to a person in the middle of a login.

use super::{Condition, Step, Target};

/// How the portal gets a one-time code.
#[derive(Debug, Clone)]
pub struct OneTimeCode {
    /// Shows that the portal asks for it. Looked at before the portal's words are, which may ask for it, too.
    pub asked: Condition,
    /// What is done then, up to the click that sends the code. `account` is known here as in the login, and at least
    /// one step is a [`StepAction::OneTimeCode`](super::StepAction::OneTimeCode).
    pub steps: Vec<Step>,
}

/// Where a one-time code goes.
#[derive(Debug, Clone)]
pub struct OneTimeCodeRule {
    /// The field for the code.
    pub into: Target,
    /// How many digits a code has.
    pub digits: usize,
}
