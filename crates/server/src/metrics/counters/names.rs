//! What results are called in labels, where their types give them no name.

use formhand_domain::account::{AttemptResult, LoginResult};

/// How a login ended.
pub(super) fn login(result: LoginResult) -> &'static str {
    match result {
        LoginResult::Succeeded => "succeeded",
        LoginResult::CaptchaWrong => "captcha_wrong",
        LoginResult::BadCredentials => "bad_credentials",
        LoginResult::Locked => "locked",
        LoginResult::HumanNeeded => "human_needed",
        LoginResult::Failed => "failed",
    }
}

/// How a try of a recovery ended.
pub(super) fn attempt(result: AttemptResult) -> &'static str {
    match result {
        AttemptResult::Recovered => "recovered",
        AttemptResult::Failed { .. } => "failed",
        AttemptResult::TimedOut => "timed_out",
        AttemptResult::BrowserLost => "browser_lost",
        AttemptResult::BudgetSpent => "budget_spent",
        AttemptResult::NeedsHuman { .. } => "needs_human",
    }
}
