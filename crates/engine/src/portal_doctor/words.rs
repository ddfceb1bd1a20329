//! What was found, in plain words.

use serde::Serialize;

use super::{ContextClone, Findings, IdleLife, ProfileClone, Restart, SecondLogin, findings::name};

/// One finding, for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at.
    pub what: &'static str,
    /// The answer.
    pub found: String,
    /// What shows it.
    pub evidence: String,
}

impl Findings {
    /// Each finding with what shows it.
    pub fn in_words(&self) -> Vec<Finding> {
        let row = |what, found: String, evidence: &str| Finding {
            what,
            found,
            evidence: evidence.to_owned(),
        };
        vec![
            row(
                "login",
                format!("{} ms", self.login_ms),
                "the first login, from opening the page to the portal's answer",
            ),
            row(
                "check",
                format!("{} ms", self.check_ms),
                "one round trip to the check page",
            ),
            self.context(),
            match self.profile_clone {
                ProfileClone::LoggedIn => row(
                    "profile clone",
                    "logged in".into(),
                    "a browser on a copy of the profile got to the check page",
                ),
                ProfileClone::LoggedOut => row(
                    "profile clone",
                    "logged out".into(),
                    "a browser on a copy of the profile did not get to the check page",
                ),
            },
            match self.restart {
                Restart::Outlived => row(
                    "browser restart",
                    "outlived".into(),
                    "the browser was closed in order; started again, it got to the check page",
                ),
                Restart::Lost => row(
                    "browser restart",
                    "session lost".into(),
                    "the browser was closed in order; started again, it had to log in",
                ),
            },
            match self.second_login {
                SecondLogin::BothLive => row(
                    "second login",
                    "both live".into(),
                    "after a login elsewhere the first session still got to the check page",
                ),
                SecondLogin::EndsTheFirst => row(
                    "second login",
                    "ends the first".into(),
                    "after a login elsewhere the first session had to log in",
                ),
            },
            self.idle(),
        ]
    }

    fn context(&self) -> Finding {
        let (found, evidence) = match &self.context_clone {
            ContextClone::LoggedIn { carries } => {
                let names: Vec<&str> = carries.iter().map(|part| name(*part)).collect();
                (
                    format!("logged in with {}", names.join(", ")),
                    "a context with these got to the check page; with fewer it did not",
                )
            }
            ContextClone::LoggedOut => (
                "logged out".to_owned(),
                "a context with all cookies and storage did not get to the check page",
            ),
        };
        Finding {
            what: "context clone",
            found,
            evidence: evidence.to_owned(),
        }
    }

    fn idle(&self) -> Finding {
        let (found, evidence) = match self.idle {
            IdleLife::NotMeasured => (
                "not measured".to_owned(),
                "nobody asked to wait: --wait 30m does".to_owned(),
            ),
            IdleLife::AtLeast { pause_ms } => (
                format!("at least {} s", pause_ms / 1000),
                "it was alive after the longest pause that was tried".to_owned(),
            ),
            IdleLife::Between {
                alive_after_ms,
                over_after_ms,
                age_ms,
            } => (
                format!(
                    "more than {} s, at most {} s",
                    alive_after_ms / 1000,
                    over_after_ms.div_ceil(1000)
                ),
                format!(
                    "it was over after the longer pause, {} s after its login; the portal may count either",
                    age_ms / 1000
                ),
            ),
        };
        Finding {
            what: "idle life",
            found,
            evidence,
        }
    }
}
