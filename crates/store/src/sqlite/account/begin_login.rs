//! Allowing a login, and counting it before it is tried.

use formhand_domain::{
    AccountKey, FencingToken,
    account::{BudgetRefusal, LoginBudget, LoginRecord, LoginResult},
};
use jiff::{SignedDuration, Timestamp};
use rusqlite::params;

use super::super::db::Db;
use super::{
    super::{json, time, writer::Write},
    keep,
};
use crate::{LoginTicket, StoreError};

/// Tries are kept this long for a person to look at, and at least for the budget's own stretch.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Counts a login try and allows it, or says why not.
pub(in super::super) fn begin_login(
    write: &mut Write<'_>,
    account: &AccountKey,
    keeper: Option<FencingToken>,
    credentials: &str,
    budget: LoginBudget,
    now: Timestamp,
) -> Result<Result<LoginTicket, BudgetRefusal>, StoreError> {
    keep::check(write.conn, account, keeper)?;
    prune(write.conn, account, budget, now)?;
    let history = history(write.conn, account)?;
    if let Err(refusal) = budget.check(&history, credentials, now) {
        return Ok(Err(refusal));
    }
    let keeper = keeper.map(|FencingToken(token)| json::parse(i64::try_from(token)));
    let ticket = write
        .conn
        .prepare_cached(
            "INSERT INTO logins (portal, account, at, credentials, keeper_token) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .insert(params![
            account.portal.as_str(),
            account.account.as_str(),
            time::stored(now),
            credentials,
            keeper.transpose()?,
        ])?;
    Ok(Ok(LoginTicket(json::parse(u64::try_from(ticket))?)))
}

fn history(conn: &Db, account: &AccountKey) -> Result<Vec<LoginRecord>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT at, credentials, result, forgiven_at IS NOT NULL FROM logins
         WHERE portal = ?1 AND account = ?2 ORDER BY at, ticket",
    )?;
    let account = params![account.portal.as_str(), account.account.as_str()];
    let rows = statement.query_map(account, |row| {
        let result: (Option<String>, bool) = (row.get(2)?, row.get(3)?);
        Ok((row.get(0)?, row.get(1)?, result))
    })?;
    rows.map(|row| {
        let (at, credentials, (result, forgiven)) = row?;
        let result = result.as_deref().map(result_of).transpose()?;
        Ok(LoginRecord {
            at: time::read(at)?,
            credentials,
            // It still counts, since the portal counted it too.
            result: if forgiven {
                Some(LoginResult::Failed)
            } else {
                result
            },
        })
    })
    .collect()
}

fn result_of(text: &str) -> Result<LoginResult, StoreError> {
    json::decode(json::FORMAT, &format!("\"{text}\""))
}

/// Removes old tries, but never the last answer that the portal gave to a login: it decides whether the same
/// credentials may be tried again, after however long a time.
fn prune(
    conn: &Db,
    account: &AccountKey,
    budget: LoginBudget,
    now: Timestamp,
) -> Result<(), StoreError> {
    let oldest = now
        .saturating_sub(KEPT.max(budget.per))
        .unwrap_or(Timestamp::MIN);
    conn.prepare_cached(
        "DELETE FROM logins WHERE portal = ?1 AND account = ?2 AND at < ?3 AND ticket NOT IN (
             SELECT max(ticket) FROM logins
             WHERE portal = ?1 AND account = ?2 AND forgiven_at IS NULL
                 AND result IN ('succeeded', 'bad_credentials', 'locked', 'human_needed')
             GROUP BY credentials)",
    )?
    .execute(params![
        account.portal.as_str(),
        account.account.as_str(),
        time::present(oldest),
    ])?;
    Ok(())
}
