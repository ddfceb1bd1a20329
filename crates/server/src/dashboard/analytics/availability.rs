//! How much of a time a session was there.

use formhand_domain::{
    Generation,
    account::{SessionEvent, SessionHappening},
};
use jiff::{SignedDuration, Timestamp};

/// The share of the time from `from` to `to`, from 0 to 1, in which the account had a session, by what happened in it,
/// oldest first. `is_alive` says whether there is one at the end, for a time in which nothing happened. An account that had
/// its very first login in that time is new, and is counted from then on.
pub(super) fn availability(
    events: &[SessionEvent],
    is_alive: bool,
    from: Timestamp,
    to: Timestamp,
) -> Option<f64> {
    let began = events.iter().find(|event| is_first(event));
    let from = began.map_or(from, |event| event.at.max(from));
    let turns: Vec<(Timestamp, bool)> = events
        .iter()
        .filter(|event| (from..=to).contains(&event.at))
        .filter_map(|event| Some((event.at, turn(&event.what)?)))
        .collect();
    // Before its first turn it was the other way round.
    let mut was_alive = turns.first().map_or(is_alive, |(_, alive)| !alive);
    let mut since = from;
    let mut there = SignedDuration::ZERO;
    for (at, alive) in turns {
        if was_alive {
            there += at.duration_since(since);
        }
        (since, was_alive) = (at, alive);
    }
    if was_alive {
        there += to.duration_since(since);
    }
    let whole = to.duration_since(from).as_secs_f64();
    (whole > 0.0).then(|| there.as_secs_f64() / whole)
}

fn is_first(event: &SessionEvent) -> bool {
    let logs_in = matches!(event.what, SessionHappening::LoggedIn { .. });
    logs_in && event.generation == Generation::default().next()
}

/// Whether there is a session after this; nothing if it changes nothing.
fn turn(happening: &SessionHappening) -> Option<bool> {
    match happening {
        SessionHappening::LoggedIn { .. } | SessionHappening::Validated { .. } => Some(true),
        SessionHappening::Expired { .. }
        | SessionHappening::BrowserLost { .. }
        | SessionHappening::LoggedOut { .. }
        | SessionHappening::LoginFailed { .. } => Some(false),
        SessionHappening::RecoveryAttempt { .. }
        | SessionHappening::RecoveryEnded { .. }
        | SessionHappening::Renewed { .. }
        | SessionHappening::BackedUp
        | SessionHappening::Restored => None,
    }
}

#[cfg(test)]
mod tests {
    use formhand_domain::account::LoggedOutBy;

    use super::*;

    fn second(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn event(at: i64, what: SessionHappening) -> SessionEvent {
        SessionEvent {
            at: second(at),
            generation: Generation::default(),
            what,
        }
    }

    fn login(at: i64) -> SessionEvent {
        event(
            at,
            SessionHappening::LoggedIn {
                duration_ms: 1,
                tries: 1,
            },
        )
    }

    fn logout(at: i64) -> SessionEvent {
        let by = LoggedOutBy::Person;
        event(at, SessionHappening::LoggedOut { by })
    }

    fn share(events: &[SessionEvent], is_alive: bool) -> Option<f64> {
        availability(events, is_alive, second(100), second(200))
    }

    #[test]
    fn a_session_is_there_from_its_login_to_its_end() {
        assert_eq!(share(&[login(120), logout(170)], false), Some(0.5));
        assert_eq!(share(&[login(175)], true), Some(0.25));
    }

    #[test]
    fn what_ends_in_a_time_was_there_before_it() {
        assert_eq!(share(&[logout(110)], false), Some(0.1));
        assert_eq!(share(&[logout(110), login(120)], true), Some(0.9));
    }

    #[test]
    fn where_nothing_happened_it_is_as_it_is_now() {
        assert_eq!(share(&[], true), Some(1.0));
        assert_eq!(share(&[], false), Some(0.0));
        assert_eq!(share(&[logout(50)], true), Some(1.0));
    }

    #[test]
    fn a_new_account_is_counted_from_its_first_login_on() {
        let first = SessionEvent {
            generation: Generation::default().next(),
            ..login(180)
        };
        assert_eq!(share(std::slice::from_ref(&first), true), Some(1.0));
        assert_eq!(share(&[first, logout(190)], false), Some(0.5));
    }

    #[test]
    fn no_time_has_no_share() {
        assert_eq!(availability(&[], true, second(5), second(5)), None);
    }
}
