//! The sessions of the accounts of the configuration.

use formhand_domain::account::SessionState;
use jiff::Timestamp;
use prometheus_client::{encoding::EncodeLabelSet, registry::Registry};

use super::put::{age, figure, flag, plain, seconds};
use crate::metrics::{
    labels::{OfAccount, with},
    reading::{Kept, SessionOf},
};

/// All states, as they are called on the wire.
const STATES: [&str; 7] = [
    "cold",
    "logging_in",
    "recovering",
    "active",
    "retiring",
    "down",
    "needs_human",
];

with! {
    /// One of the states of an account's session.
    InState { of: OfAccount, .. state: &'static str }
}

pub(super) fn put(kept: Option<&Kept>, now: Timestamp, registry: &mut Registry) {
    let sessions = || kept.into_iter().flat_map(|kept| &kept.sessions);
    let of = |session: &SessionOf| OfAccount::from(&session.account);
    let states = sessions().flat_map(|session| {
        let present = name(&session.state);
        STATES.iter().map(move |state| {
            let labels = InState {
                of: of(session),
                state,
            };
            (labels, flag(*state == present))
        })
    });
    plain(
        "formhand_session_state",
        "1 for the state that an account's session is in, 0 for all others",
    )
    .gauges(registry, states);
    plain(
        "formhand_session_generation",
        "How many logins an account's session has had",
    )
    .gauges(
        registry,
        sessions().map(|session| (of(session), figure(session.generation.0))),
    );
    seconds(
        "formhand_session_age",
        "How long ago the login of a live session was",
    )
    .gauges(
        registry,
        sessions().filter_map(|session| {
            let (since, _) = alive(&session.state)?;
            Some((of(session), age(since, now)))
        }),
    );
    seconds(
        "formhand_session_unvalidated",
        "How long ago a round trip last showed a live session alive",
    )
    .gauges(
        registry,
        sessions().filter_map(|session| {
            let (_, validated_at) = alive(&session.state)?;
            Some((of(session), age(validated_at, now)))
        }),
    );
}

/// Since when a session lives, and when it was last seen alive.
fn alive(state: &SessionState) -> Option<(Timestamp, Timestamp)> {
    match state {
        SessionState::Active {
            since,
            validated_at,
            ..
        }
        | SessionState::Retiring {
            since,
            validated_at,
            ..
        } => Some((*since, *validated_at)),
        SessionState::Cold
        | SessionState::LoggingIn { .. }
        | SessionState::Recovering { .. }
        | SessionState::Down { .. }
        | SessionState::NeedsHuman { .. } => None,
    }
}

fn name(state: &SessionState) -> &'static str {
    match state {
        SessionState::Cold => "cold",
        SessionState::LoggingIn { .. } => "logging_in",
        SessionState::Recovering { .. } => "recovering",
        SessionState::Active { .. } => "active",
        SessionState::Retiring { .. } => "retiring",
        SessionState::Down { .. } => "down",
        SessionState::NeedsHuman { .. } => "needs_human",
    }
}
