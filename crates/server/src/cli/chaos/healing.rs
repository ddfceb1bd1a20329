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

/// A login may be lost, with whoever made it, that a blow met so short before it was known or shared, or after it had hit
/// what it is made of.
const AROUND: SignedDuration = SignedDuration::from_secs(2);

/// Logins that nothing was the reason of. The first one has its reason, each end of a session has one, and so has one that
/// follows on a login in the middle of which a blow was struck: what that had is lost with whoever made it.
pub(super) fn logins_too_many(practice: &Practice, strikes: &[Strike]) -> usize {
    let accepted = accepted(practice);
    let is_expiry = |strike: &&Strike| strike.blow == Blow::Expire;
    let expiries = strikes.iter().filter(is_expiry).count();
    let struck = accepted.iter().filter(|at| {
        let mut others = strikes.iter().filter(|strike| !is_expiry(strike));
        others.any(|strike| strike.is_within(AROUND, **at))
    });
    accepted.len().saturating_sub(1 + expiries + struck.count())
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
