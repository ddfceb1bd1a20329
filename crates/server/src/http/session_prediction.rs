//! When a session is expected to end, and what that is known from: the lives of those before it.

use formhand_domain::{
    AccountKey,
    account::{Life, SessionEventKind, SessionState, Survival, lives_of},
};
use formhand_store::SessionHistoryFilter;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ApiState, Problem, openapi::Time};

/// As much of the history as whoever keeps the session looks at.
const EVENTS_LOOKED_AT: u32 = 500;

/// When a session is expected to end. It is a guess from the past, and jobs depend on nothing of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "SessionPrediction")]
pub(crate) struct Prediction {
    /// How many lives it is known from.
    pub(crate) life_count: usize,
    /// How many of them were seen to end.
    pub(crate) expired_count: usize,
    /// The age that half of all sessions reach; nothing as long as fewer were seen to end.
    pub(crate) median_life_ms: Option<u64>,
    /// When the present session reaches that age; nothing without a session.
    #[schemars(with = "Option<Time>")]
    pub(crate) ends_at: Option<Timestamp>,
    /// When it is replaced ahead of its end, if the portal's definition wants that and the lives say that it is worth a
    /// login. One whose login asks a person is not.
    #[schemars(with = "Option<Time>")]
    pub(crate) renews_at: Option<Timestamp>,
}

/// What is expected of the session of an account; nothing as long as no life is known.
pub(super) async fn prediction(
    state: &ApiState,
    key: &AccountKey,
    session: Option<&SessionState>,
) -> Result<Option<Prediction>, Problem> {
    let filter = SessionHistoryFilter {
        account: Some(key.clone()),
        events: vec![
            SessionEventKind::LoggedIn,
            SessionEventKind::Expired,
            SessionEventKind::Renewed,
            SessionEventKind::LoggedOut,
        ],
    };
    let entries = state.store.session_history(filter, None, EVENTS_LOOKED_AT);
    let entries = entries.await?;
    let lives = lives_of(entries.iter().rev().map(|entry| &entry.event));
    let mut portals = state.intake.portals();
    let portal = portals.find(|portal| portal.name == key.portal);
    let policy = portal.and_then(|portal| portal.session.renewal);
    let renewal = policy.and_then(|policy| policy.renew_at(&lives));
    Ok(of(&lives, renewal, since(session)))
}

/// Since when the session lives, if it does.
fn since(session: Option<&SessionState>) -> Option<Timestamp> {
    match session {
        Some(SessionState::Active { since, .. } | SessionState::Retiring { since, .. }) => {
            Some(*since)
        }
        _ => None,
    }
}

fn of(
    lives: &[Life],
    renewal: Option<SignedDuration>,
    since: Option<Timestamp>,
) -> Option<Prediction> {
    if lives.is_empty() {
        return None;
    }
    let median = median(lives);
    let after = |age: Option<SignedDuration>| since?.checked_add(age?).ok();
    Some(Prediction {
        life_count: lives.len(),
        expired_count: lives.iter().filter(|life| life.expired()).count(),
        median_life_ms: median.and_then(|median| u64::try_from(median.as_millis()).ok()),
        ends_at: after(median),
        renews_at: after(renewal),
    })
}

/// The age that half of them reach.
fn median(lives: &[Life]) -> Option<SignedDuration> {
    let survival = Survival::of(lives);
    let ends = lives.iter().filter(|life| life.expired()).map(Life::age);
    ends.filter(|age| survival.at(*age) <= 0.5).min()
}

impl Prediction {
    /// What it is known from, for a person.
    pub(crate) fn basis(&self) -> String {
        let (lives, ends) = (self.life_count, self.expired_count);
        let generations = if lives == 1 {
            "generation"
        } else {
            "generations"
        };
        match self.median_life_ms {
            Some(median) => {
                let seconds = i64::try_from(median / 1000).unwrap_or(i64::MAX);
                let median = whole(SignedDuration::from_secs(seconds));
                format!(
                    "median life {median} over {lives} {generations}, {ends} of them seen to end"
                )
            }
            None => {
                format!("not known yet: {lives} {generations} so far, {ends} of them seen to end")
            }
        }
    }
}

/// A length of time in words that a person reads at a glance.
fn whole(length: SignedDuration) -> String {
    match length.as_secs() {
        seconds @ ..120 => format!("{seconds} s"),
        seconds @ ..7200 => format!("{} min", seconds / 60),
        seconds => format!("{} h", seconds / 3600),
    }
}

#[cfg(test)]
mod tests {
    use formhand_domain::account::LifeEnd;

    use super::*;

    fn lives(minutes: &[(i64, bool)]) -> Vec<Life> {
        let life = |(minutes, expired): &(i64, bool)| Life {
            lasted: SignedDuration::from_mins(*minutes),
            ended: if *expired {
                LifeEnd::Expired {
                    unseen: SignedDuration::ZERO,
                }
            } else {
                LifeEnd::Censored
            },
        };
        minutes.iter().map(life).collect()
    }

    #[test]
    fn a_session_is_expected_to_reach_the_age_that_half_of_them_reach() {
        let lives = lives(&[(27, true), (28, true), (29, true), (10, false)]);
        let since = Timestamp::UNIX_EPOCH;
        let told = of(&lives, None, Some(since)).expect("a prediction");
        assert_eq!(told.ends_at, Some(since + SignedDuration::from_mins(28)));
        assert_eq!(
            told.basis(),
            "median life 28 min over 4 generations, 3 of them seen to end"
        );
    }

    #[test]
    fn what_nobody_knows_is_not_guessed() {
        assert_eq!(of(&[], None, Some(Timestamp::UNIX_EPOCH)), None);
        let told = of(&lives(&[(10, false)]), None, None).expect("a prediction");
        assert_eq!((told.median_life_ms, told.ends_at), (None, None));
        assert_eq!(
            told.basis(),
            "not known yet: 1 generation so far, 0 of them seen to end"
        );
    }
}
