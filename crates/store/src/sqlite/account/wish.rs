//! What a person wants of an account's session.

use formhand_domain::AccountKey;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::super::db::Db;
use super::super::{json, time, writer::Write};
use crate::{Change, SessionWish, StoreError};

/// Notes a wish. The newest one counts.
pub(in super::super) fn wish(
    write: &mut Write<'_>,
    account: &AccountKey,
    wish: SessionWish,
    now: Timestamp,
) -> Result<(), StoreError> {
    let wish = json::encode(&wish)?;
    write
        .conn
        .prepare_cached(
            "INSERT INTO session_wishes (portal, account, wish, wished_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (portal, account) DO UPDATE SET wish = excluded.wish, wished_at = excluded.wished_at",
        )?
        .execute(params![
            account.portal.as_str(),
            account.account.as_str(),
            wish.trim_matches('"'),
            time::stored(now),
        ])?;
    write.tell(Change::Session);
    Ok(())
}

/// Takes the wish, so that nobody else has it.
pub(in super::super) fn take_wish(
    write: &mut Write<'_>,
    account: &AccountKey,
) -> Result<Option<SessionWish>, StoreError> {
    let taken: Option<String> = write
        .conn
        .prepare_cached(
            "DELETE FROM session_wishes WHERE portal = ?1 AND account = ?2 RETURNING wish",
        )?
        .query_row(
            params![account.portal.as_str(), account.account.as_str()],
            |row| row.get(0),
        )
        .optional()?;
    if taken.is_some() {
        write.tell(Change::Session);
    }
    taken.map(|wish| read(&wish)).transpose()
}

/// The wish that nobody has taken yet.
pub(in super::super) fn open_wish(
    conn: &Db,
    account: &AccountKey,
) -> Result<Option<SessionWish>, StoreError> {
    let open: Option<String> = conn
        .prepare_cached("SELECT wish FROM session_wishes WHERE portal = ?1 AND account = ?2")?
        .query_row(
            params![account.portal.as_str(), account.account.as_str()],
            |row| row.get(0),
        )
        .optional()?;
    open.map(|wish| read(&wish)).transpose()
}

fn read(wish: &str) -> Result<SessionWish, StoreError> {
    json::decode(json::FORMAT, &format!("\"{wish}\""))
}
