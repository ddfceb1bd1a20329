//! How fast the jobs of one account follow each other.

use formhand_domain::{AccountKey, account::Pace};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, params};

use super::super::db::Db;
use super::super::time;
use crate::StoreError;

/// When the pace lets the next job be claimed; nothing if none was ever claimed.
pub(in super::super) fn next_start_at(
    conn: &Db,
    account: &AccountKey,
    pace: SignedDuration,
) -> Result<Option<Timestamp>, StoreError> {
    let pace = Pace { between: pace };
    Ok(last_start(conn, account)?.map(|last| pace.next_start(last)))
}

/// Whether the pace lets a job be claimed now.
pub(super) fn allows(
    conn: &Db,
    account: &AccountKey,
    pace: SignedDuration,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let pace = Pace { between: pace };
    Ok(last_start(conn, account)?.is_none_or(|last| pace.allows(last, now)))
}

/// Notes that a job was claimed. Also where no pace is asked for: another server may ask for one.
pub(super) fn started(conn: &Db, account: &AccountKey, now: Timestamp) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO account_starts (portal, account, started_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (portal, account) DO UPDATE SET started_at = excluded.started_at",
    )?
    .execute(params![
        account.portal.as_str(),
        account.account.as_str(),
        time::stored(now),
    ])?;
    Ok(())
}

fn last_start(conn: &Db, account: &AccountKey) -> Result<Option<Timestamp>, StoreError> {
    conn.prepare_cached("SELECT started_at FROM account_starts WHERE portal = ?1 AND account = ?2")?
        .query_row(
            params![account.portal.as_str(), account.account.as_str()],
            |row| row.get(0),
        )
        .optional()?
        .map(time::read)
        .transpose()
}
