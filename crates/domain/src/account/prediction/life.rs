//! How long sessions lived.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::{
    Generation,
    account::{SessionEvent, SessionHappening},
};

/// The life of one generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Life {
    /// How long it is known to have lived.
    pub lasted: SignedDuration,
    /// What came then.
    pub ended: LifeEnd,
}

/// What is known of a life's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LifeEnd {
    /// It expired, at an unknown moment of the time that nobody looked: this long after it was last seen alive it
    /// was seen gone.
    Expired {
        /// The time that nobody looked.
        unseen: SignedDuration,
    },
    /// It was alive then, and nobody knows how long it would have lived: it was renewed, given up, or replaced by a
    /// login for another reason.
    Censored,
}

impl Life {
    /// The age at which it ended, as near as it is known: the middle of the time that nobody looked.
    ///
    /// The error is half of that time at most, so with a heartbeat half of its interval.
    pub fn age(&self) -> SignedDuration {
        match self.ended {
            LifeEnd::Expired { unseen } => self.lasted.saturating_add(unseen / 2),
            LifeEnd::Censored => self.lasted,
        }
    }

    /// Whether its end was seen.
    pub fn expired(&self) -> bool {
        matches!(self.ended, LifeEnd::Expired { .. })
    }
}

/// What is known of a generation so far.
enum Fate {
    Alive { since: Timestamp, seen: Timestamp },
    Over(Life),
}

/// The lives that a history tells of. `events` is in the order in which they happened; what is no event of a life's
/// beginning or end may be left out, and validations too, which only say more of a life whose end nobody saw.
///
/// The newest generation is no life yet unless its end was seen. Of a generation whose end nobody saw only that is
/// known that it lived until it was last seen alive; if it never was, nothing.
pub fn lives_of<'a>(events: impl IntoIterator<Item = &'a SessionEvent>) -> Vec<Life> {
    let mut fates = BTreeMap::new();
    for event in events {
        take(&mut fates, event);
    }
    let newest = fates.keys().next_back().copied();
    fates
        .into_iter()
        .filter_map(|(generation, fate)| match fate {
            Fate::Over(life) => Some(life),
            Fate::Alive { .. } if Some(generation) == newest => None,
            Fate::Alive { since, seen } => Some(Life {
                lasted: seen.duration_since(since),
                ended: LifeEnd::Censored,
            }),
        })
        .filter(|life| life.expired() || life.lasted.is_positive())
        .collect()
}

fn take(fates: &mut BTreeMap<Generation, Fate>, event: &SessionEvent) {
    // The first word on how a life ended stands: three jobs may report one expiry, and a session that was renewed is
    // gone at the portal afterwards.
    let fate = match (fates.get(&event.generation), &event.what) {
        (Some(Fate::Over(_)), _) => return,
        (None, SessionHappening::LoggedIn { .. }) => Fate::Alive {
            since: event.at,
            seen: event.at,
        },
        (
            _,
            SessionHappening::Expired {
                lived_ms,
                unseen_ms,
                ..
            },
        ) => Fate::Over(Life {
            lasted: millis(*lived_ms),
            ended: LifeEnd::Expired {
                unseen: millis(*unseen_ms),
            },
        }),
        (_, SessionHappening::Renewed { lived_ms }) => Fate::Over(Life {
            lasted: millis(*lived_ms),
            ended: LifeEnd::Censored,
        }),
        (Some(Fate::Alive { since, .. }), SessionHappening::Validated { .. }) => Fate::Alive {
            since: *since,
            seen: event.at,
        },
        (Some(Fate::Alive { since, .. }), SessionHappening::LoggedOut { .. }) => Fate::Over(Life {
            lasted: event.at.duration_since(*since),
            ended: LifeEnd::Censored,
        }),
        _ => return,
    };
    fates.insert(event.generation, fate);
}

fn millis(count: u64) -> SignedDuration {
    SignedDuration::from_millis(i64::try_from(count).unwrap_or(i64::MAX))
}
