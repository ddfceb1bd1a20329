//! A world to measure in, and its times.

use formhand_domain::account::{SessionEvent, SessionHappening};
use formhand_practice::{Entry, Event};
use formhand_testkit::{World, WorldOptions};
use jiff::Timestamp;

/// The account of a world.
pub(super) const ACCOUNT: &str = "practice-broker";

/// A world with logins to spare, in the portal's real manner as far as `delays` say.
pub(super) fn options(delays: f64) -> WorldOptions {
    let mut options =
        WorldOptions::default().adapt(|portal| portal.session.budget.logins = 1_000_000);
    options.practice.delays = delays;
    options.practice.captcha = delays > 0.0;
    options.timing.stale_sessions = 20;
    options
}

/// When something first happened to the session after a moment.
pub(super) fn first_after(
    history: &[SessionEvent],
    after: Timestamp,
    wanted: impl Fn(&SessionHappening) -> bool,
) -> Option<&SessionEvent> {
    history
        .iter()
        .find(|event| event.at >= after && wanted(&event.what))
}

/// When the portal first answered that it knows a session no longer.
pub(super) fn refused_after(world: &World, mark: u64) -> Option<Timestamp> {
    let refused = |entry: &&Entry| matches!(entry.event, Event::Refused { .. });
    let ledger = world.practice.ledger();
    let mut later = ledger.iter().filter(|entry| entry.seq > mark);
    later.find(refused).map(|entry| entry.at)
}

pub(super) fn ms_between(from: Timestamp, to: Timestamp) -> f64 {
    to.duration_since(from).as_secs_f64() * 1e3
}
