//! The saved session of an account.

use formhand_domain::{AccountKey, Generation, account::SessionState};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::super::{json, time, writer::Write};
use crate::{Change, SavedSession, StoreError};

/// The session of an account; nothing before its first login.
pub(in super::super) fn find(
    conn: &Connection,
    account: &AccountKey,
) -> Result<Option<SavedSession>, StoreError> {
    let found: Option<(i64, String, i64, i64)> = conn
        .prepare_cached(
            "SELECT generation, state, format, saved_at FROM sessions WHERE portal = ?1 AND account = ?2",
        )?
        .query_row(
            params![account.portal.as_str(), account.account.as_str()],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )
        .optional()?;
    let Some((generation, state, format, saved_at)) = found else {
        return Ok(None);
    };
    Ok(Some(SavedSession {
        generation: Generation(json::parse(u64::try_from(generation))?),
        state: json::decode(format, &state)?,
        saved_at: time::read(saved_at)?,
    }))
}

/// The session of an account as it is before its first login.
pub(super) fn find_or_cold(
    conn: &Connection,
    account: &AccountKey,
    now: Timestamp,
) -> Result<SavedSession, StoreError> {
    Ok(find(conn, account)?.unwrap_or(SavedSession {
        generation: Generation::default(),
        state: SessionState::Cold,
        saved_at: now,
    }))
}

/// Saves where the session stands.
pub(in super::super) fn save(
    write: &mut Write<'_>,
    account: &AccountKey,
    state: SessionState,
    now: Timestamp,
) -> Result<(), StoreError> {
    let SavedSession { generation, .. } = find_or_cold(write.conn, account, now)?;
    if let SessionState::Active { generation: of, .. } = &state {
        if *of < generation {
            // A newer login was made meanwhile, by this server or another: what is known of the older one is over.
            return Ok(());
        }
        if *of > generation {
            return Err(StoreError::Backend(format!(
                "session {account}: generation {} was never made, the last is {}",
                of.0, generation.0
            )));
        }
    }
    put(
        write,
        account,
        &SavedSession {
            generation,
            state,
            saved_at: now,
        },
    )
}

/// Writes a session with its generation.
pub(super) fn put(
    write: &mut Write<'_>,
    account: &AccountKey,
    session: &SavedSession,
) -> Result<(), StoreError> {
    let generation: i64 = json::parse(i64::try_from(session.generation.0))?;
    write
        .conn
        .prepare_cached(
            "INSERT INTO sessions (portal, account, generation, state, format, saved_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (portal, account) DO UPDATE SET generation = excluded.generation,
                 state = excluded.state, format = excluded.format, saved_at = excluded.saved_at",
        )?
        .execute(params![
            account.portal.as_str(),
            account.account.as_str(),
            generation,
            json::encode(&session.state)?,
            json::FORMAT,
            time::stored(session.saved_at),
        ])?;
    write.tell(Change::Session);
    Ok(())
}
