//! Saying how a login ended.

use formhand_domain::{
    AccountKey,
    account::{LoginResult, SessionState},
};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{
    super::{json, time, writer::Write},
    session,
};
use crate::{LoginTicket, SavedSession, StoreError};

/// Records the result. A success makes the account's next generation.
pub(in super::super) fn finish_login(
    write: &mut Write<'_>,
    account: &AccountKey,
    ticket: LoginTicket,
    result: LoginResult,
    now: Timestamp,
) -> Result<SavedSession, StoreError> {
    let saved = session::find_or_cold(write.conn, account, now)?;
    if !record(write, account, ticket, result, now)? {
        // It was said before; the first word stands.
        return Ok(saved);
    }
    if result != LoginResult::Succeeded {
        return Ok(saved);
    }
    let generation = saved.generation.next();
    let session = SavedSession {
        generation,
        state: SessionState::Active {
            generation,
            since: now,
            validated_at: now,
        },
        saved_at: now,
    };
    session::put(write, account, &session)?;
    Ok(session)
}

/// Whether the result is news.
fn record(
    write: &Write<'_>,
    account: &AccountKey,
    ticket: LoginTicket,
    result: LoginResult,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let number: i64 = json::parse(i64::try_from(ticket.0))?;
    let (portal, name) = (account.portal.as_str(), account.account.as_str());
    let finished: Option<bool> = write
        .conn
        .prepare_cached(
            "SELECT result IS NOT NULL FROM logins WHERE ticket = ?1 AND portal = ?2 AND account = ?3",
        )?
        .query_row(params![number, portal, name], |row| row.get(0))
        .optional()?;
    match finished {
        None => Err(StoreError::Backend(format!(
            "account {account} has no login {number}"
        ))),
        Some(true) => Ok(false),
        Some(false) => {
            let result = json::encode(&result)?;
            write
                .conn
                .prepare_cached(
                    "UPDATE logins SET result = ?2, finished_at = ?3 WHERE ticket = ?1",
                )?
                .execute(params![number, result.trim_matches('"'), time::stored(now)])?;
            Ok(true)
        }
    }
}
