//! How many logins an account may try, so that the portal never locks it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// At most `logins` tries in any stretch of `per`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginBudget {
    /// Tries that reach the portal's login, whatever their result.
    pub logins: u32,
    /// The stretch of time that they are counted over.
    pub per: SignedDuration,
}

/// How a login try ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoginResult {
    /// Logged in.
    Succeeded,
    /// The captcha was misread; the same try goes on with a new picture.
    CaptchaWrong,
    /// User name or password refused.
    BadCredentials,
    /// The account is locked.
    Locked,
    /// A one-time code or a new password is demanded.
    HumanNeeded,
    /// Anything else: no answer, a portal fault, a crash.
    Failed,
}

/// One try, as the store keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginRecord {
    /// When it began.
    pub at: Timestamp,
    /// The fingerprint of the credentials that were used.
    pub credentials: String,
    /// How it ended; nothing while it is under way or when its server died.
    pub result: Option<LoginResult>,
}

/// Why no login may be tried now.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BudgetRefusal {
    /// These very credentials were refused before.
    #[error("the portal refused these credentials at {at}; they are never tried twice")]
    RefusedBefore {
        /// When.
        at: Timestamp,
    },
    /// The account's last answer was that it is locked or wants a person.
    #[error("the portal asked for a person at {at}")]
    PersonAsked {
        /// When.
        at: Timestamp,
    },
    /// The budget is spent.
    #[error("{used} logins were tried within {per:#}; the next may be tried at {until}")]
    Spent {
        /// Tries within the stretch.
        used: u32,
        /// The stretch.
        per: SignedDuration,
        /// When a try becomes free.
        until: Timestamp,
    },
}

impl LoginBudget {
    /// Whether a login with these credentials may be tried now. `history` is in order of time.
    pub fn check(
        &self,
        history: &[LoginRecord],
        credentials: &str,
        now: Timestamp,
    ) -> Result<(), BudgetRefusal> {
        let same = |record: &&LoginRecord| record.credentials == credentials;
        for record in history.iter().rev().filter(same) {
            match record.result {
                Some(LoginResult::BadCredentials) => {
                    return Err(BudgetRefusal::RefusedBefore { at: record.at });
                }
                Some(LoginResult::Locked | LoginResult::HumanNeeded) => {
                    return Err(BudgetRefusal::PersonAsked { at: record.at });
                }
                Some(LoginResult::Succeeded) => break,
                Some(LoginResult::CaptchaWrong | LoginResult::Failed) | None => {}
            }
        }
        self.check_count(history, now)
    }

    fn check_count(&self, history: &[LoginRecord], now: Timestamp) -> Result<(), BudgetRefusal> {
        let recent: Vec<Timestamp> = history
            .iter()
            .map(|record| record.at)
            .filter(|at| now.duration_since(*at) < self.per)
            .collect();
        let used = u32::try_from(recent.len()).unwrap_or(u32::MAX);
        if used < self.logins {
            return Ok(());
        }
        // The try whose leaving the stretch makes room for one more.
        let index = recent.len() - (self.logins.max(1) as usize).min(recent.len());
        let until = recent
            .get(index)
            .and_then(|at| at.saturating_add(self.per).ok())
            .unwrap_or(Timestamp::MAX);
        Err(BudgetRefusal::Spent {
            used,
            per: self.per,
            until,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUDGET: LoginBudget = LoginBudget {
        logins: 3,
        per: SignedDuration::from_hours(1),
    };

    fn tried(minute: i64, result: LoginResult) -> LoginRecord {
        LoginRecord {
            at: at(minute),
            credentials: "c1".into(),
            result: Some(result),
        }
    }

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(minute * 60).unwrap()
    }

    #[test]
    fn kf25_a_refused_password_is_never_tried_twice() {
        let history = [tried(0, LoginResult::BadCredentials)];
        let much_later = at(60 * 24 * 365);
        assert!(matches!(
            BUDGET.check(&history, "c1", much_later),
            Err(BudgetRefusal::RefusedBefore { .. })
        ));
        assert_eq!(BUDGET.check(&history, "c2", much_later), Ok(()));
    }

    #[test]
    fn a_captcha_mistake_spends_the_budget_like_any_login() {
        let history = [
            tried(0, LoginResult::CaptchaWrong),
            tried(1, LoginResult::CaptchaWrong),
            tried(2, LoginResult::CaptchaWrong),
        ];
        assert_eq!(
            BUDGET.check(&history, "c1", at(3)),
            Err(BudgetRefusal::Spent {
                used: 3,
                per: BUDGET.per,
                until: at(60)
            })
        );
        assert_eq!(BUDGET.check(&history, "c1", at(60)), Ok(()));
    }

    #[test]
    fn a_try_whose_server_died_counts_too() {
        let lost = LoginRecord {
            at: at(0),
            credentials: "c1".into(),
            result: None,
        };
        let history = [lost.clone(), lost.clone(), lost];
        assert!(BUDGET.check(&history, "c1", at(1)).is_err());
    }
}
