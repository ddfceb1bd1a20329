//! Sharing what clones of a session are made of.

use formhand_domain::{AccountKey, FencingToken, Generation};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::super::db::Db;
use super::{
    super::{json, time, writer::Write},
    keep, session,
};
use crate::{Change, SealedCopy, StoreError, rules};

/// Shares a copy of the present generation.
pub(in super::super) fn share(
    write: &mut Write<'_>,
    account: &AccountKey,
    keeper: FencingToken,
    copy: &SealedCopy,
    now: Timestamp,
) -> Result<(), StoreError> {
    keep::check(write.conn, account, Some(keeper))?;
    let present = session::find_or_cold(write.conn, account, now)?.generation;
    if copy.generation > present || copy.generation == Generation::default() {
        return Err(rules::never_made(account, copy.generation, present));
    }
    if copy.generation < present {
        // A newer login was made meanwhile: nothing is to be cloned from an older one.
        return Ok(());
    }
    let generation: i64 = json::parse(i64::try_from(copy.generation.0))?;
    write
        .conn
        .prepare_cached(
            "INSERT INTO session_copies (portal, account, generation, sealed, shared_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (portal, account) DO UPDATE SET generation = excluded.generation,
                 sealed = excluded.sealed, shared_at = excluded.shared_at",
        )?
        .execute(params![
            account.portal.as_str(),
            account.account.as_str(),
            generation,
            copy.sealed,
            time::stored(now),
        ])?;
    // Whoever waits for the copy waits for a change of the session.
    write.tell(Change::Session);
    Ok(())
}

/// What was shared of the account's session.
pub(in super::super) fn shared(
    conn: &Db,
    account: &AccountKey,
) -> Result<Option<SealedCopy>, StoreError> {
    let found: Option<(i64, Vec<u8>)> = conn
        .prepare_cached(
            "SELECT generation, sealed FROM session_copies WHERE portal = ?1 AND account = ?2",
        )?
        .query_row(
            params![account.portal.as_str(), account.account.as_str()],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let Some((generation, sealed)) = found else {
        return Ok(None);
    };
    Ok(Some(SealedCopy {
        generation: Generation(json::parse(u64::try_from(generation))?),
        sealed,
    }))
}
