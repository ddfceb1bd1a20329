//! From what was found to the `session:` settings, each with its reason.

use std::{collections::BTreeSet, fmt::Write as _, time::Duration};

use formhand_portal::Carried;
use serde::Serialize;

use super::{
    ContextClone, Findings, IdleLife, ProfileClone, SecondLogin,
    findings::{name, names},
};

/// As the default of a definition.
const USUAL_HEARTBEAT: Duration = Duration::from_mins(5);

/// More often would be a load of its own.
const SHORTEST_HEARTBEAT: Duration = Duration::from_secs(15);

/// The recommended settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Recommendation {
    /// How a job gets its copy of the session.
    pub clone: CloneChoice,
    /// Whether each login ends the one before it.
    pub exclusive: bool,
    /// How often the session is used to keep it alive.
    pub heartbeat_seconds: u64,
    /// How many jobs at a time to begin with.
    pub max_parallel: u32,
}

/// How a job gets its copy of the session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "mode", rename_all = "snake_case")]
pub enum CloneChoice {
    /// A context with these parts.
    Context {
        /// The parts.
        #[serde(serialize_with = "names")]
        carries: BTreeSet<Carried>,
    },
    /// A copy of the profile.
    Profile,
    /// A login of its own.
    Login,
    /// Nothing works: sessions cannot be copied, and each login ends the one before it.
    Nothing,
}

impl Findings {
    /// The settings that suit what was found: the cheapest kind of clone that works.
    pub fn recommend(&self) -> Recommendation {
        let exclusive = self.second_login == SecondLogin::EndsTheFirst;
        let clone = match (&self.context_clone, self.profile_clone) {
            (ContextClone::LoggedIn { carries }, _) => CloneChoice::Context {
                carries: carries.clone(),
            },
            (ContextClone::LoggedOut, ProfileClone::LoggedIn) => CloneChoice::Profile,
            (ContextClone::LoggedOut, ProfileClone::LoggedOut) if exclusive => CloneChoice::Nothing,
            (ContextClone::LoggedOut, ProfileClone::LoggedOut) => CloneChoice::Login,
        };
        Recommendation {
            max_parallel: match clone {
                CloneChoice::Context { .. } => 3,
                CloneChoice::Profile => 2,
                CloneChoice::Login | CloneChoice::Nothing => 1,
            },
            clone,
            exclusive,
            heartbeat_seconds: heartbeat(self.idle).as_secs(),
        }
    }
}

/// Half of what the session is known to outlive, so that one lost request does not cost it.
fn heartbeat(idle: IdleLife) -> Duration {
    let half_ms = match idle {
        IdleLife::NotMeasured | IdleLife::AtLeast { .. } => return USUAL_HEARTBEAT,
        IdleLife::Between {
            alive_after_ms: 0,
            over_after_ms,
            ..
        } => over_after_ms / 4,
        IdleLife::Between { alive_after_ms, .. } => alive_after_ms / 2,
    };
    Duration::from_millis(half_ms).clamp(SHORTEST_HEARTBEAT, USUAL_HEARTBEAT)
}

impl Recommendation {
    /// As a definition writes it.
    pub fn yaml(&self) -> String {
        let mut text = "session:\n".to_owned();
        let mut line = |key: &str, reason: &str| {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "  {key:<38} # {reason}");
        };
        match &self.clone {
            CloneChoice::Context { carries } => {
                let parts: Vec<&str> = carries.iter().map(|part| name(*part)).collect();
                line(
                    "clone: context",
                    "the cheapest kind, and it stays logged in",
                );
                let carries = format!("carries: [{}]", parts.join(", "));
                line(&carries, "with less a clone is logged out");
            }
            CloneChoice::Profile => line(
                "clone: profile",
                "the portal looks at more than cookies and storage",
            ),
            CloneChoice::Login => line("clone: login", "no kind of copy stays logged in"),
            CloneChoice::Nothing => line(
                "# clone: nothing works",
                "no copy stays logged in, and each login ends the one before it",
            ),
        }
        line(
            &format!("exclusive: {}", self.exclusive),
            if self.exclusive {
                "a second login ended the first"
            } else {
                "two logins lived side by side"
            },
        );
        line(
            &format!("heartbeat: {{every: {}s}}", self.heartbeat_seconds),
            "well within the idle life that is known, or the usual",
        );
        line(
            &format!("max_parallel: {}", self.max_parallel),
            match self.clone {
                CloneChoice::Context { .. } => "to begin with: clones are cheap",
                CloneChoice::Profile => "to begin with: each clone is a whole browser",
                CloneChoice::Login => "to begin with: each job spends a login",
                CloneChoice::Nothing => "no two jobs could have a session",
            },
        );
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portal_doctor::Restart;

    fn uncopied(second_login: SecondLogin, idle: IdleLife) -> Recommendation {
        let found = Findings {
            login_ms: 900,
            check_ms: 80,
            context_clone: ContextClone::LoggedOut,
            profile_clone: ProfileClone::LoggedOut,
            restart: Restart::Lost,
            second_login,
            idle,
            logins: 2,
        };
        found.recommend()
    }

    #[test]
    fn where_no_copy_stays_logged_in_each_job_logs_in_and_works_alone_at_first() {
        let found = uncopied(SecondLogin::BothLive, IdleLife::NotMeasured);
        assert_eq!(found.clone, CloneChoice::Login);
        assert_eq!((found.max_parallel, found.exclusive), (1, false));
        assert!(
            found.yaml().contains("\n  clone: login "),
            "{}",
            found.yaml()
        );
    }

    #[test]
    fn where_each_login_ends_the_one_before_as_well_nothing_works_and_no_key_is_written() {
        let found = uncopied(SecondLogin::EndsTheFirst, IdleLife::NotMeasured);
        assert_eq!(found.clone, CloneChoice::Nothing);
        assert!(found.exclusive);
        let yaml = found.yaml();
        assert!(yaml.contains("\n  # clone: nothing works "), "{yaml}");
        assert!(!yaml.contains("\n  clone:"), "{yaml}");
    }

    #[test]
    fn the_heartbeat_is_half_of_the_idle_life_that_is_known_within_bounds() {
        let minutes = |minutes: u64| minutes * 60_000;
        let between = |alive_after_ms, over_after_ms| IdleLife::Between {
            alive_after_ms,
            over_after_ms,
            age_ms: 0,
        };
        for (idle, seconds) in [
            (IdleLife::NotMeasured, 300),
            (
                IdleLife::AtLeast {
                    pause_ms: minutes(60),
                },
                300,
            ),
            (between(minutes(4), minutes(8)), 120),
            (between(0, minutes(4)), 60),
            (between(minutes(40), minutes(80)), 300),
            (between(0, 2_000), 15),
        ] {
            let found = uncopied(SecondLogin::BothLive, idle);
            assert_eq!(found.heartbeat_seconds, seconds, "{idle:?}");
        }
    }
}
