//! The saved session of an account.

use formhand_domain::{
    AccountKey, AccountName, FencingToken, Generation, PortalName, account::SessionState,
};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use super::super::db::Db;
use super::{
    super::{json, time, writer::Write},
    keep,
};
use crate::{
    Change, SavedSession, StoreError, rules,
    seal::{Places, Seal},
};

/// The session of an account; nothing before its first login.
pub(in super::super) fn find(
    conn: &Db,
    account: &AccountKey,
) -> Result<Option<SavedSession>, StoreError> {
    conn.prepare_cached(
        "SELECT portal, account, generation, state, format, saved_at, stale, retire FROM sessions
         WHERE portal = ?1 AND account = ?2",
    )?
    .query_row(
        params![account.portal.as_str(), account.account.as_str()],
        Columns::of,
    )
    .optional()?
    .map(|row| row.session(&conn.seal))
    .transpose()
}

/// The sessions of all accounts, in the order of their names.
pub(in super::super) fn all(conn: &Db) -> Result<Vec<(AccountKey, SavedSession)>, StoreError> {
    conn.prepare_cached(
        "SELECT portal, account, generation, state, format, saved_at, stale, retire FROM sessions
         ORDER BY portal, account",
    )?
    .query_map([], Columns::of)?
    .map(|row| {
        let row = row?;
        Ok((row.account()?, row.session(&conn.seal)?))
    })
    .collect()
}

/// The session of an account as it is before its first login.
pub(super) fn find_or_cold(
    conn: &Db,
    account: &AccountKey,
    now: Timestamp,
) -> Result<SavedSession, StoreError> {
    Ok(find(conn, account)?.unwrap_or_else(|| rules::cold(now)))
}

/// Saves where the session stands.
pub(in super::super) fn save(
    write: &mut Write<'_>,
    account: &AccountKey,
    keeper: Option<FencingToken>,
    state: SessionState,
    now: Timestamp,
) -> Result<(), StoreError> {
    keep::check(write.conn, account, keeper)?;
    let was = find_or_cold(write.conn, account, now)?;
    match rules::saved(account, &was, state, now)? {
        Some(session) => put(write, account, &session),
        None => Ok(()),
    }
}

/// Writes a session with its generation.
pub(super) fn put(
    write: &mut Write<'_>,
    account: &AccountKey,
    session: &SavedSession,
) -> Result<(), StoreError> {
    let state = json::encode(&session.state)?;
    let state = write.conn.seal.text(&Places::session(account), state);
    let stored = |generation: Generation| json::parse(i64::try_from(generation.0));
    write
        .conn
        .prepare_cached(
            "INSERT INTO sessions (portal, account, generation, state, format, saved_at, stale, retire)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (portal, account) DO UPDATE SET generation = excluded.generation,
                 state = excluded.state, format = excluded.format, saved_at = excluded.saved_at,
                 stale = excluded.stale, retire = excluded.retire",
        )?
        .execute(params![
            account.portal.as_str(),
            account.account.as_str(),
            stored(session.generation)?,
            state,
            json::FORMAT,
            time::stored(session.saved_at),
            stored(session.stale)?,
            stored(session.retire)?,
        ])?;
    write.tell(Change::Session);
    Ok(())
}

/// The account of two columns.
pub(in super::super) fn key(portal: String, account: String) -> Result<AccountKey, StoreError> {
    Ok(AccountKey {
        portal: json::parse(PortalName::new(portal))?,
        account: json::parse(AccountName::new(account))?,
    })
}

struct Columns {
    portal: String,
    account: String,
    generation: i64,
    state: String,
    format: i64,
    saved_at: i64,
    stale: i64,
    retire: i64,
}

impl Columns {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            portal: row.get(0)?,
            account: row.get(1)?,
            generation: row.get(2)?,
            state: row.get(3)?,
            format: row.get(4)?,
            saved_at: row.get(5)?,
            stale: row.get(6)?,
            retire: row.get(7)?,
        })
    }

    fn account(&self) -> Result<AccountKey, StoreError> {
        key(self.portal.clone(), self.account.clone())
    }

    fn session(self, seal: &Seal) -> Result<SavedSession, StoreError> {
        let place = Places::session(&self.account()?);
        let state = seal.open_text(&place, self.state)?;
        let read = |generation| json::parse(u64::try_from(generation)).map(Generation);
        Ok(SavedSession {
            generation: read(self.generation)?,
            state: json::decode(self.format, &state)?,
            saved_at: time::read(self.saved_at)?,
            stale: read(self.stale)?,
            retire: read(self.retire)?,
        })
    }
}
