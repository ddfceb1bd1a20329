//! The right to keep an account's session.

use formhand_domain::{AccountKey, FencingToken, Lease, NodeId};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::super::db::Db;
use super::super::{json, time, writer::Write};
use crate::{Change, Keeping, StoreError};

/// Gives the right to a server, if nobody else has it.
pub(in super::super) fn keep(
    write: &mut Write<'_>,
    account: &AccountKey,
    owner: &NodeId,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<Keeping, StoreError> {
    if let Some(lease) = lease(write.conn, account)?
        && lease.owner != *owner
        && !lease.expired(now)
    {
        return Ok(Keeping::Others(lease));
    }
    let token: i64 = write
        .conn
        .prepare_cached(
            "INSERT INTO account_leases (portal, account, token, owner, expires_at) VALUES (?1, ?2, 1, ?3, ?4)
             ON CONFLICT (portal, account) DO UPDATE SET token = token + 1,
                 owner = excluded.owner, expires_at = excluded.expires_at
             RETURNING token",
        )?
        .query_row(
            params![
                account.portal.as_str(),
                account.account.as_str(),
                owner.as_str(),
                time::stored(expires_at),
            ],
            |row| row.get(0),
        )?;
    write.tell(Change::Session);
    Ok(Keeping::Ours(Lease {
        owner: owner.clone(),
        token: FencingToken(json::parse(u64::try_from(token))?),
        expires_at,
    }))
}

/// Makes the right last longer, if it is still there. Nobody has to hear of it.
pub(in super::super) fn renew(
    write: &mut Write<'_>,
    account: &AccountKey,
    keeper: FencingToken,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<bool, StoreError> {
    let present = lease(write.conn, account)?;
    if !present.is_some_and(|lease| lease.token == keeper && !lease.expired(now)) {
        return Ok(false);
    }
    write
        .conn
        .prepare_cached(
            "UPDATE account_leases SET expires_at = ?3 WHERE portal = ?1 AND account = ?2",
        )?
        .execute(params![
            account.portal.as_str(),
            account.account.as_str(),
            time::stored(expires_at),
        ])?;
    Ok(true)
}

/// Gives the right back, if nobody else has it.
pub(in super::super) fn release(
    write: &mut Write<'_>,
    account: &AccountKey,
    keeper: FencingToken,
) -> Result<(), StoreError> {
    if !is_kept_by(write.conn, account, keeper)? {
        return Ok(());
    }
    write
        .conn
        .prepare_cached(
            "UPDATE account_leases SET owner = NULL, expires_at = NULL WHERE portal = ?1 AND account = ?2",
        )?
        .execute(params![account.portal.as_str(), account.account.as_str()])?;
    write.tell(Change::Session);
    Ok(())
}

/// Who keeps the session, or kept it last and did not give it back.
pub(in super::super) fn lease(
    conn: &Db,
    account: &AccountKey,
) -> Result<Option<Lease>, StoreError> {
    let found: Option<(String, i64, i64)> = conn
        .prepare_cached(
            "SELECT owner, token, expires_at FROM account_leases
             WHERE portal = ?1 AND account = ?2 AND owner IS NOT NULL",
        )?
        .query_row(
            params![account.portal.as_str(), account.account.as_str()],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()?;
    let Some((owner, token, expires_at)) = found else {
        return Ok(None);
    };
    Ok(Some(Lease {
        owner: json::parse(NodeId::new(owner))?,
        token: FencingToken(json::parse(u64::try_from(token))?),
        expires_at: time::read(expires_at)?,
    }))
}

/// Refuses who does not keep the session. Who needs no right is not refused.
pub(super) fn check(
    conn: &Db,
    account: &AccountKey,
    keeper: Option<FencingToken>,
) -> Result<(), StoreError> {
    match keeper {
        Some(keeper) if !is_kept_by(conn, account, keeper)? => {
            Err(StoreError::NotKeeper(account.clone()))
        }
        _ => Ok(()),
    }
}

/// The token decides and not the time: as long as nobody else took over, nobody else acts for the account.
fn is_kept_by(conn: &Db, account: &AccountKey, keeper: FencingToken) -> Result<bool, StoreError> {
    Ok(lease(conn, account)?.is_some_and(|lease| lease.token == keeper))
}
