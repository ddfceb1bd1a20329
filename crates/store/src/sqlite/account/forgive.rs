//! A person says that an account's credentials are right now.

use formhand_domain::{AccountKey, account::SessionState};
use jiff::Timestamp;
use rusqlite::params;

use super::{
    super::{time, writer::Write},
    session,
};
use crate::{SavedSession, StoreError};

/// Forgets refusals, and lets a session that waited for a person start again.
pub(in super::super) fn forgive(
    write: &mut Write<'_>,
    account: &AccountKey,
    now: Timestamp,
) -> Result<(), StoreError> {
    write
        .conn
        .prepare_cached(
            "UPDATE logins SET forgiven_at = ?3 WHERE portal = ?1 AND account = ?2 AND forgiven_at IS NULL
                 AND result IN ('bad_credentials', 'locked', 'human_needed')",
        )?
        .execute(params![
            account.portal.as_str(),
            account.account.as_str(),
            time::stored(now),
        ])?;
    match session::find(write.conn, account)? {
        Some(saved) if matches!(saved.state, SessionState::NeedsHuman { .. }) => session::put(
            write,
            account,
            &SavedSession {
                state: SessionState::Cold,
                saved_at: now,
                ..saved
            },
        ),
        _ => Ok(()),
    }
}
