//! Saying how a login ended.

use formhand_domain::{AccountKey, FencingToken, account::LoginResult};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{
    super::{json, time, writer::Write},
    keep, session,
};
use crate::{LoginTicket, SavedSession, StoreError, rules};

/// Records the result. A success makes the account's next generation, if whoever tried still keeps its session.
///
/// The inner error is an answer: what was recorded stays.
pub(in super::super) fn finish_login(
    write: &mut Write<'_>,
    account: &AccountKey,
    ticket: LoginTicket,
    result: LoginResult,
    now: Timestamp,
) -> Result<Result<SavedSession, StoreError>, StoreError> {
    let login = Login::find(write, account, ticket)?;
    let saved = session::find_or_cold(write.conn, account, now)?;
    if !login.is_finished {
        login.record(write, result, now)?;
    }
    match keep::check(write.conn, account, login.keeper) {
        Err(not_keeper @ StoreError::NotKeeper(_)) => return Ok(Err(not_keeper)),
        checked => checked?,
    }
    // Of two words the first stands.
    if login.is_finished || result != LoginResult::Succeeded {
        return Ok(Ok(saved));
    }
    let session = rules::active_now(&saved, now);
    session::put(write, account, &session)?;
    Ok(Ok(session))
}

/// A login that was begun.
struct Login {
    number: i64,
    /// The right that it was begun under, if it needed one.
    keeper: Option<FencingToken>,
    is_finished: bool,
}

impl Login {
    fn find(
        write: &Write<'_>,
        account: &AccountKey,
        ticket: LoginTicket,
    ) -> Result<Self, StoreError> {
        let number: i64 = json::parse(i64::try_from(ticket.0))?;
        let (portal, name) = (account.portal.as_str(), account.account.as_str());
        let found: Option<(Option<i64>, bool)> = write
            .conn
            .prepare_cached(
                "SELECT keeper_token, result IS NOT NULL FROM logins
                 WHERE ticket = ?1 AND portal = ?2 AND account = ?3",
            )?
            .query_row(params![number, portal, name], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        let (token, is_finished) = found.ok_or_else(|| {
            StoreError::Backend(format!("account {account} has no login {number}"))
        })?;
        let token = token.map(|token| json::parse(u64::try_from(token)));
        Ok(Self {
            number,
            keeper: token.transpose()?.map(FencingToken),
            is_finished,
        })
    }

    fn record(
        &self,
        write: &Write<'_>,
        result: LoginResult,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let result = json::encode(&result)?;
        write
            .conn
            .prepare_cached("UPDATE logins SET result = ?2, finished_at = ?3 WHERE ticket = ?1")?
            .execute(params![
                self.number,
                result.trim_matches('"'),
                time::stored(now),
            ])?;
        Ok(())
    }
}
