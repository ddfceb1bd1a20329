//! Accounts: their sessions, logins and wishes.

use formhand_domain::AccountKey;
use rusqlite::{OptionalExtension, params};
use tokio::sync::mpsc;

use super::super::db::Db;
use super::{
    super::account,
    stream::{Gathering, Read},
};
use crate::{
    StoreError,
    copying::{Batch, CopiedAccount, CopiedLogin, CopiedWish},
};

pub(super) const ALL: &str = "SELECT portal, account FROM sessions
    UNION SELECT portal, account FROM logins
    UNION SELECT portal, account FROM session_wishes
    UNION SELECT portal, account FROM account_leases";

/// In the order in which the budget looks at them.
const LOGINS: &str =
    "SELECT ticket, at, credentials, result, finished_at, forgiven_at, keeper_token FROM logins
    WHERE portal = ?1 AND account = ?2 ORDER BY at, ticket";

const WISH: &str = "SELECT wish, wished_at FROM session_wishes WHERE portal = ?1 AND account = ?2";

const TOKEN: &str = "SELECT token FROM account_leases WHERE portal = ?1 AND account = ?2";

/// What an account takes beside its logins, and what a login takes, about.
const BYTES: (usize, usize) = (1_000, 300);

pub(super) fn hand_over(conn: &Db, to: &mpsc::Sender<Batch>) -> Result<(), StoreError> {
    let mut statement = conn.prepare(ALL)?;
    let mut rows = statement.query([])?;
    let mut gathering = Gathering::new(to, Batch::Accounts);
    while let Some(row) = rows.next()? {
        let what = read(conn, account::key(row.get(0)?, row.get(1)?)?)?;
        let bytes = BYTES.0 + what.logins.len() * BYTES.1;
        gathering.add(Read { what, bytes })?;
    }
    gathering.finish()
}

fn read(conn: &Db, account: AccountKey) -> Result<CopiedAccount, StoreError> {
    let of = params![account.portal.as_str(), account.account.as_str()];
    let logins = conn
        .prepare_cached(LOGINS)?
        .query_map(of, |row| {
            Ok(CopiedLogin {
                ticket: row.get(0)?,
                at: row.get(1)?,
                credentials: row.get(2)?,
                result: row.get(3)?,
                finished_at: row.get(4)?,
                forgiven_at: row.get(5)?,
                keeper_token: row.get(6)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    let wish = conn
        .prepare_cached(WISH)?
        .query_row(of, |row| {
            Ok(CopiedWish {
                wish: row.get(0)?,
                wished_at: row.get(1)?,
            })
        })
        .optional()?;
    let keeper_token = conn
        .prepare_cached(TOKEN)?
        .query_row(of, |row| row.get(0))
        .optional()?;
    Ok(CopiedAccount {
        session: account::session(conn, &account)?,
        logins,
        wish,
        keeper_token,
        account,
    })
}
