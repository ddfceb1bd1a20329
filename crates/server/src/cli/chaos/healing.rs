//! How sessions were brought back: by one server at a time, and with no more logins than there was reason for.

use formhand_domain::account::SessionHappening;
use formhand_practice::{Event, LoginOutcome, Practice};
use formhand_store::SessionEntry;
use jiff::{SignedDuration, Timestamp};

use super::{blow::Blow, storm::Strike};

/// Two clocks of one machine, and a duration that is rounded, may differ by this.
const TOLERANCE: SignedDuration = SignedDuration::from_millis(100);

/// Tries of recoveries that were under way at the same time.
pub(super) fn at_once(sessions: &[SessionEntry]) -> usize {
    let mut tries: Vec<(Timestamp, Timestamp)> = sessions.iter().filter_map(of_try).collect();
    tries.sort_unstable();
    let pairs = tries.iter().zip(tries.iter().skip(1));
    let overlapping = pairs.filter(|(earlier, later)| {
        let end = earlier.1.saturating_sub(TOLERANCE).unwrap_or(earlier.1);
        later.0 < end
    });
    overlapping.count()
}

fn of_try(entry: &SessionEntry) -> Option<(Timestamp, Timestamp)> {
    let SessionHappening::RecoveryAttempt { duration_ms, .. } = &entry.event.what else {
        return None;
    };
    let took = SignedDuration::from_millis(i64::try_from(*duration_ms).ok()?);
    let end = entry.event.at;
    Some((end.saturating_sub(took).ok()?, end))
}

/// A blow may have hit shortly before a login what it is made of, or shortly after it was told what is made of it.
const AROUND: SignedDuration = SignedDuration::from_secs(2);

/// A login that the portal accepted, and how long whoever made it was the only one who knew.
struct Login {
    accepted: Timestamp,
    /// When its generation was told of; the next login, if it never was.
    known: Timestamp,
}

impl Login {
    /// Whether it may be lost, with whoever made it, by this blow.
    fn is_struck_by(&self, strike: &Strike) -> bool {
        strike.blow != Blow::Expire && strike.meets(self.accepted, self.known, AROUND)
    }
}

/// Logins that nothing was the reason of.
pub(super) fn logins_too_many(
    practice: &Practice,
    sessions: &[SessionEntry],
    strikes: &[Strike],
) -> usize {
    too_many(&logins(&accepted(practice), &told_of(sessions)), strikes)
}

/// The first one has its reason, each end of a session has one, and so has one that follows on a login in the middle of
/// which a blow was struck: what that had is lost with whoever made it.
fn too_many(logins: &[Login], strikes: &[Strike]) -> usize {
    let expiries = strikes.iter().filter(|strike| strike.blow == Blow::Expire);
    let struck = logins
        .iter()
        .filter(|login| strikes.iter().any(|strike| login.is_struck_by(strike)));
    let reasons = 1 + expiries.count() + struck.count();
    logins.len().saturating_sub(reasons)
}

fn logins(accepted: &[Timestamp], told_of: &[Timestamp]) -> Vec<Login> {
    let nexts = accepted.iter().skip(1).copied().chain([Timestamp::MAX]);
    let ended = accepted.iter().zip(nexts).map(|(&accepted, next)| {
        let told = told_of.iter().find(|told| **told >= accepted);
        Login {
            accepted,
            known: told.map_or(next, |told| (*told).min(next)),
        }
    });
    ended.collect()
}

/// When generations were told of, in order.
fn told_of(sessions: &[SessionEntry]) -> Vec<Timestamp> {
    let told = sessions.iter().filter_map(|entry| {
        let is_one = matches!(entry.event.what, SessionHappening::LoggedIn { .. });
        is_one.then_some(entry.event.at)
    });
    let mut told: Vec<Timestamp> = told.collect();
    told.sort_unstable();
    told
}

/// When the portal accepted logins.
fn accepted(practice: &Practice) -> Vec<Timestamp> {
    let accepted = practice.ledger().into_iter().filter(|entry| {
        let Event::Login { outcome, .. } = &entry.event else {
            return false;
        };
        *outcome == LoginOutcome::Accepted
    });
    accepted.map(|entry| entry.at).collect()
}

/// What happened to the session, in order, for whoever looks for the reason of a login.
pub(super) fn story(practice: &Practice, sessions: &[SessionEntry], strikes: &[Strike]) -> String {
    let accepted = accepted(practice).into_iter();
    let mut lines: Vec<(Timestamp, String)> = accepted
        .map(|at| (at, "the portal accepts a login".to_owned()))
        .collect();
    lines.extend(strikes.iter().map(|strike| {
        let lasted = strike.until.duration_since(strike.at);
        (strike.at, format!("{:?} for {lasted:#}", strike.blow))
    }));
    let told = |entry: &SessionEntry| (entry.event.at, format!("{:?}", entry.event.what));
    lines.extend(sessions.iter().map(told));
    lines.sort();
    let lines = lines.into_iter().map(|(at, what)| format!("{at} {what}"));
    lines.collect::<Vec<String>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn struck(blow: Blow, at: i64, until: i64) -> Strike {
        let (at, until) = (second(at), second(until));
        Strike { blow, at, until }
    }

    fn found(accepted: &[i64], told_of: &[i64], strikes: &[Strike]) -> usize {
        let all = |of: &[i64]| of.iter().map(|at| second(*at)).collect::<Vec<_>>();
        too_many(&logins(&all(accepted), &all(told_of)), strikes)
    }

    #[test]
    fn the_first_login_and_one_after_each_end_have_their_reason() {
        assert_eq!(found(&[10], &[11], &[]), 0);
        assert_eq!(found(&[10, 30], &[11, 31], &[]), 1);
        let expired = struck(Blow::Expire, 20, 20);
        assert_eq!(found(&[10, 30], &[11, 31], &[expired]), 0);
        assert_eq!(found(&[10, 30, 50], &[11, 31, 51], &[expired]), 1);
    }

    #[test]
    fn a_login_that_was_struck_before_it_was_known_may_be_made_again() {
        // On a slow machine it takes longer until a login is known.
        let killed = struck(Blow::Kill, 18, 19);
        assert_eq!(found(&[10, 30], &[17, 31], &[killed]), 0);
        assert_eq!(found(&[10, 30], &[11, 31], &[killed]), 1);
        // It died with whoever made it, and nobody ever heard of it.
        assert_eq!(found(&[10, 30], &[31], &[killed]), 0);
    }

    #[test]
    fn a_blow_that_was_over_is_no_reason() {
        let paused = struck(Blow::Pause, 1, 7);
        assert_eq!(found(&[10, 30], &[11, 31], &[paused]), 1);
        let paused = struck(Blow::Pause, 1, 9);
        assert_eq!(found(&[10, 30], &[11, 31], &[paused]), 0);
    }
}
