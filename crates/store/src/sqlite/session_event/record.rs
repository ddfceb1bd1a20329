//! Keeping an event, and removing what is too old.

use formhand_domain::{AccountKey, account::SessionEvent};
use rusqlite::{OptionalExtension, named_params, params};

use super::super::db::Db;
use super::super::{json, time, writer::Write};
use crate::{Change, SessionEntry, StoreError, seal::Places};

/// Events that are kept of one account: a month of a heartbeat every five minutes.
const KEPT: i64 = 10_000;

/// Keeps the event and lets it be told.
pub(in super::super) fn record(
    write: &mut Write<'_>,
    account: &AccountKey,
    event: SessionEvent,
) -> Result<(), StoreError> {
    let number = last_number(write.conn, account)? + 1;
    let seq = insert(write.conn, account, number, &event)?;
    prune(write.conn, account, number)?;
    let account = account.clone();
    write.tell(Change::SessionEvent(Box::new(SessionEntry {
        seq,
        account,
        event,
    })));
    Ok(())
}

fn last_number(conn: &Db, account: &AccountKey) -> Result<i64, StoreError> {
    let last = conn
        .prepare_cached(
            "SELECT number FROM session_events WHERE portal = ?1 AND account = ?2 ORDER BY seq DESC LIMIT 1",
        )?
        .query_row(
            params![account.portal.as_str(), account.account.as_str()],
            |row| row.get(0),
        )
        .optional()?;
    Ok(last.unwrap_or(0))
}

fn insert(
    conn: &Db,
    account: &AccountKey,
    number: i64,
    event: &SessionEvent,
) -> Result<u64, StoreError> {
    let generation: i64 = json::parse(i64::try_from(event.generation.0))?;
    let (portal, name) = (account.portal.as_str(), account.account.as_str());
    let place = Places::session_event(portal, name, number);
    let detail = json::encode(&event.what)?;
    let detail = conn
        .seal
        .object(&place, ("event", event.what.name()), detail);
    // The newest event is never removed, so the row number that SQLite gives, one more than the largest, is new.
    let seq = conn
        .prepare_cached(
            "INSERT INTO session_events (at, portal, account, number, generation, event, detail, format)
             VALUES (:at, :portal, :account, :number, :generation, :event, :detail, :format)",
        )?
        .insert(named_params! {
            ":at": time::stored(event.at),
            ":portal": account.portal.as_str(),
            ":account": account.account.as_str(),
            ":number": number,
            ":generation": generation,
            ":event": event.what.name(),
            ":detail": detail,
            ":format": json::FORMAT,
        })?;
    json::parse(u64::try_from(seq))
}

/// Removes what is older than the newest `KEPT`. Each new event makes one too many; a second one is removed with it,
/// so that a history of a version that kept more becomes shorter by and by.
fn prune(conn: &Db, account: &AccountKey, number: i64) -> Result<(), StoreError> {
    conn.prepare_cached(
        "DELETE FROM session_events WHERE number <= ?3 AND seq IN (
             SELECT seq FROM session_events WHERE portal = ?1 AND account = ?2 ORDER BY seq LIMIT 2)",
    )?
    .execute(params![
        account.portal.as_str(),
        account.account.as_str(),
        number - KEPT,
    ])?;
    Ok(())
}
