//! Logging in and staying so.

use std::time::Duration;

use formhand_domain::account::LoginBudget;
use jiff::SignedDuration;

use super::{Checker, place::Place};
use crate::{model::SessionRules, parse::Spanned, raw};

/// The portals that we know answer a login within five seconds.
const LOGIN_TIMEOUT: Duration = Duration::from_secs(10);
/// A reader that is right four times in five fails five times in a row once in three thousand logins.
const CAPTCHA_TRIES: u32 = 5;
/// Few enough that no portal that we know locks an account, enough for a bad hour.
const BUDGET: LoginBudget = LoginBudget {
    logins: 8,
    per: SignedDuration::from_hours(1),
};
/// A page that takes longer to show is a portal in trouble.
const CHECK_TIMEOUT: Duration = Duration::from_secs(15);
/// Nobody has accounts for more; a bigger number is a slip.
pub(super) const MOST: u32 = 1_000;

impl Checker<'_> {
    pub(super) fn session(&self, raw: &raw::Session) -> Option<SessionRules> {
        let mut place = Place::login();
        if raw.login.value.0.is_empty() {
            return self.error(
                raw.login.span,
                "the login does nothing",
                "end it with the click that sends it",
            );
        }
        let login = self.steps(&raw.login.value.0, &mut place);
        let one_time_code = match &raw.one_time_code {
            Some(code) => self.one_time_code(code).map(Some),
            None => Some(None),
        };
        let logged_in = self.conditions(raw.logged_in.span, &raw.logged_in.value);
        let logged_out = self.conditions(raw.logged_out.span, &raw.logged_out.value);
        let check_url = self.address(&raw.check.goto, &place);
        let login_timeout = raw.login_timeout.map_or(LOGIN_TIMEOUT, |time| time.0);
        let check_timeout = raw.check.timeout.map_or(CHECK_TIMEOUT, |time| time.0);
        let recovery = self.recovery(raw.recovery.as_ref(), login_timeout, check_timeout);
        let budget = self.budget(raw.budget.as_ref());
        let captcha_tries = self.count(raw.captcha_tries.as_ref(), CAPTCHA_TRIES);
        let clone = self.clone_mode(raw);
        let carries = clone.and_then(|clone| self.carries(raw, clone));
        let max_parallel = self.count(raw.max_parallel.as_ref(), 1);
        let heartbeat = self.heartbeat(raw.heartbeat.as_ref());
        let renewal = self.renewal(raw.renewal.as_ref());
        Some(SessionRules {
            login,
            login_timeout,
            captcha_tries: captcha_tries?,
            budget: budget?,
            logged_in: logged_in?,
            logged_out: logged_out?,
            check_url: check_url?,
            check_timeout,
            clone: clone?,
            carries: carries?,
            exclusive: raw.exclusive.unwrap_or(false),
            max_parallel: max_parallel?,
            pace: raw.pace.map(|pace| signed(pace.0)),
            heartbeat: heartbeat?,
            renewal: renewal?,
            recovery: recovery?,
            one_time_code: one_time_code?,
        })
    }

    fn budget(&self, raw: Option<&Spanned<raw::Budget>>) -> Option<LoginBudget> {
        let Some(Spanned { span, value }) = raw else {
            return Some(BUDGET);
        };
        if !(1..=MOST).contains(&value.logins) {
            return self.error(
                *span,
                "expected at least one login",
                "such as `{logins: 8, per: 1h}`",
            );
        }
        Some(LoginBudget {
            logins: value.logins,
            per: signed(value.per.0),
        })
    }

    pub(super) fn count(&self, raw: Option<&Spanned<u32>>, usual: u32) -> Option<u32> {
        match raw {
            None => Some(usual),
            Some(count) if (1..=MOST).contains(&count.value) => Some(count.value),
            Some(count) => self.error(
                count.span,
                "expected a number from 1",
                format!("such as {usual}"),
            ),
        }
    }
}

/// A length of time that a file can say fits by far.
pub(super) fn signed(time: Duration) -> SignedDuration {
    SignedDuration::try_from(time).unwrap_or(SignedDuration::MAX)
}
