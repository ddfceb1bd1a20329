//! How a saved session moves.

use formhand_domain::{AccountKey, Generation, account::SessionState};
use jiff::Timestamp;

use crate::{SavedSession, StoreError};

/// The session of an account as it is before its first login.
pub(crate) fn cold(now: Timestamp) -> SavedSession {
    SavedSession {
        generation: Generation::default(),
        state: SessionState::Cold,
        saved_at: now,
        stale: Generation::default(),
        retire: Generation::default(),
    }
}

/// The session after a login that succeeded.
pub(crate) fn active_now(was: &SavedSession, now: Timestamp) -> SavedSession {
    let generation = was.generation.next();
    SavedSession {
        generation,
        state: SessionState::Active {
            generation,
            since: now,
            validated_at: now,
        },
        saved_at: now,
        stale: was.stale,
        retire: was.retire,
    }
}

/// The session as it is saved; nothing if what is said of it is old news.
pub(crate) fn saved(
    account: &AccountKey,
    was: &SavedSession,
    state: SessionState,
    now: Timestamp,
) -> Result<Option<SavedSession>, StoreError> {
    if let SessionState::Active { generation, .. } | SessionState::Retiring { generation, .. } =
        &state
    {
        if *generation < was.generation {
            // A newer login was made meanwhile, by this server or another: what is known of the older one is over.
            return Ok(None);
        }
        if *generation > was.generation {
            return Err(never_made(account, *generation, was.generation));
        }
    }
    // What was reported of it was looked at: it is alive, and in use.
    let none = Generation::default();
    let reported = match &state {
        SessionState::Active { .. } => (none, none),
        _ => (was.stale, was.retire),
    };
    Ok(Some(SavedSession {
        generation: was.generation,
        state,
        saved_at: now,
        stale: reported.0,
        retire: reported.1,
    }))
}

/// What is said of a generation that no login has made.
pub(crate) fn never_made(
    account: &AccountKey,
    generation: Generation,
    last: Generation,
) -> StoreError {
    StoreError::Backend(format!(
        "session {account}: generation {} was never made, the last is {}",
        generation.0, last.0
    ))
}
