//! What a history tells of the lives of sessions.

use formhand_domain::{
    Generation,
    account::{
        Life, LifeEnd, LoggedOutBy, RecoveryCause, SessionEvent, SessionHappening, Validation,
        lives_of,
    },
};
use jiff::SignedDuration;

use crate::given::at;

fn event(second: i64, generation: u64, what: SessionHappening) -> SessionEvent {
    SessionEvent {
        at: at(second),
        generation: Generation(generation),
        what,
    }
}

fn logged_in(second: i64, generation: u64) -> SessionEvent {
    let what = SessionHappening::LoggedIn {
        duration_ms: 900,
        tries: 1,
    };
    event(second, generation, what)
}

fn validated(second: i64, generation: u64) -> SessionEvent {
    let what = SessionHappening::Validated {
        by: Validation::Heartbeat,
        round_trip_ms: 20,
    };
    event(second, generation, what)
}

fn expired(second: i64, generation: u64, lived_ms: u64, unseen_ms: u64) -> SessionEvent {
    let what = SessionHappening::Expired {
        seen_by: Validation::Job,
        lived_ms,
        unseen_ms,
        detected_ms: Some(8),
    };
    event(second, generation, what)
}

fn logged_out(second: i64, generation: u64) -> SessionEvent {
    let by = LoggedOutBy::Person;
    event(second, generation, SessionHappening::LoggedOut { by })
}

fn seconds(count: i64) -> SignedDuration {
    SignedDuration::from_secs(count)
}

fn ended(lasted: i64, unseen: i64) -> Life {
    Life {
        lasted: seconds(lasted),
        ended: LifeEnd::Expired {
            unseen: seconds(unseen),
        },
    }
}

fn censored(lasted: i64) -> Life {
    Life {
        lasted: seconds(lasted),
        ended: LifeEnd::Censored,
    }
}

#[test]
fn an_expiry_ends_a_life_between_the_last_look_and_the_one_that_saw_it() {
    let history = [
        logged_in(0, 1),
        validated(300, 1),
        expired(600, 1, 300_000, 300_000),
        logged_in(601, 2),
    ];
    let lives = lives_of(&history);
    assert_eq!(lives, [ended(300, 300)]);
    assert_eq!(lives[0].age(), seconds(450));
}

#[test]
fn the_session_that_lives_is_no_life_yet() {
    assert_eq!(lives_of(&[logged_in(0, 1), validated(300, 1)]), []);
    assert_eq!(lives_of(&[]), []);
    let over = [logged_in(0, 1), expired(60, 1, 50_000, 10_000)];
    assert_eq!(lives_of(&over), [ended(50, 10)]);
}

#[test]
fn a_session_that_was_renewed_or_given_up_was_alive_then() {
    let renewed = SessionHappening::Renewed { lived_ms: 100_000 };
    let history = [
        logged_in(0, 1),
        // The new login comes first: the old session is given up once there is another.
        logged_in(100, 2),
        event(101, 1, renewed),
        logged_out(160, 2),
        logged_in(500, 3),
    ];
    assert_eq!(lives_of(&history), [censored(100), censored(60)]);
}

#[test]
fn of_a_session_whose_end_nobody_saw_it_counts_how_long_it_was_seen_alive() {
    let lost = SessionHappening::BrowserLost {
        cause: RecoveryCause::BrowserGone,
        detected_ms: Some(40),
    };
    let history = [
        logged_in(0, 1),
        validated(30, 1),
        event(90, 1, lost),
        logged_in(99, 2),
        // Nobody ever looked at this one.
        logged_in(200, 3),
    ];
    assert_eq!(lives_of(&history), [censored(30)]);
}

#[test]
fn a_lost_browser_does_not_end_a_session_that_outlives_it() {
    let lost = SessionHappening::BrowserLost {
        cause: RecoveryCause::BrowserHung,
        detected_ms: None,
    };
    let history = [
        logged_in(0, 1),
        event(10, 1, lost),
        validated(12, 1),
        expired(70, 1, 60_000, 10_000),
    ];
    assert_eq!(lives_of(&history), [ended(60, 10)]);
}

#[test]
fn the_first_word_on_an_end_stands() {
    let renewed = SessionHappening::Renewed { lived_ms: 40_000 };
    let history = [
        logged_in(0, 1),
        event(40, 1, renewed),
        logged_in(40, 2),
        // A job that still works with the old session finds it gone.
        expired(45, 1, 41_000, 4_000),
        expired(99, 2, 58_000, 1_000),
        expired(100, 2, 58_000, 2_000),
    ];
    assert_eq!(lives_of(&history), [censored(40), ended(58, 1)]);
}

/// The oldest events are removed some day, in the middle of a life.
#[test]
fn a_history_that_begins_in_the_middle_of_a_life_tells_what_it_knows() {
    let history = [
        validated(10, 6),
        logged_out(20, 6),
        expired(30, 7, 25_000, 1_000),
        logged_in(31, 8),
    ];
    assert_eq!(lives_of(&history), [ended(25, 1)]);
}
