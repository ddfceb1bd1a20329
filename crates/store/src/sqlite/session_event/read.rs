//! Reading events.

use std::cmp::Reverse;

use formhand_domain::{
    AccountKey, AccountName, Generation, PortalName,
    account::{SessionEvent, SessionEventKind},
};
use rusqlite::{Row, params};

use super::super::db::Db;
use super::super::{json, time};
use crate::{
    SessionEntry, SessionHistoryFilter, StoreError,
    seal::{Places, Seal},
};

/// The most events in one answer.
const LONGEST: u32 = 500;

/// Of an account there are no more than are kept, so its events are looked through; those of all accounts are not.
const OF_ACCOUNT: &str =
    "SELECT seq, at, portal, account, generation, detail, format, number FROM session_events
    WHERE portal = ?1 AND account = ?2 AND seq < ?3
        AND (?4 = '[]' OR event IN (SELECT value FROM json_each(?4)))
    ORDER BY seq DESC LIMIT ?5";

const OF_KIND: &str =
    "SELECT seq, at, portal, account, generation, detail, format, number FROM session_events
    WHERE event = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3";

const OF_ALL: &str =
    "SELECT seq, at, portal, account, generation, detail, format, number FROM session_events
    WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2";

/// What happened before an entry, newest first.
pub(in super::super) fn history(
    conn: &Db,
    filter: &SessionHistoryFilter,
    before: Option<u64>,
    limit: u32,
) -> Result<Vec<SessionEntry>, StoreError> {
    let limit = limit.clamp(1, LONGEST);
    // Numbers that SQLite cannot hold are behind every entry.
    let before = before
        .and_then(|seq| i64::try_from(seq).ok())
        .unwrap_or(i64::MAX);
    match &filter.account {
        Some(account) => of_account(conn, account, &filter.events, before, limit),
        None if filter.events.is_empty() => entries(conn, OF_ALL, params![before, limit]),
        None => of_kinds(conn, &filter.events, before, limit),
    }
}

fn of_account(
    conn: &Db,
    account: &AccountKey,
    kinds: &[SessionEventKind],
    before: i64,
    limit: u32,
) -> Result<Vec<SessionEntry>, StoreError> {
    let (portal, name) = (account.portal.as_str(), account.account.as_str());
    let kinds = json::encode(&kinds)?;
    entries(
        conn,
        OF_ACCOUNT,
        params![portal, name, before, kinds, limit],
    )
}

/// Each kind has its events in order in an index, and the newest of all of them are among the newest of each.
fn of_kinds(
    conn: &Db,
    kinds: &[SessionEventKind],
    before: i64,
    limit: u32,
) -> Result<Vec<SessionEntry>, StoreError> {
    let mut found = Vec::new();
    for kind in kinds {
        found.extend(entries(
            conn,
            OF_KIND,
            params![kind.as_str(), before, limit],
        )?);
    }
    found.sort_unstable_by_key(|entry| Reverse(entry.seq));
    found.dedup_by_key(|entry| entry.seq);
    found.truncate(limit as usize);
    Ok(found)
}

fn entries(
    conn: &Db,
    sql: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<SessionEntry>, StoreError> {
    conn.prepare_cached(sql)?
        .query_map(params, Columns::of)?
        .map(|row| row?.entry(&conn.seal))
        .collect()
}

/// The event of a row with the columns that are read here.
pub(in super::super) fn entry(seal: &Seal, row: &Row<'_>) -> Result<SessionEntry, StoreError> {
    Columns::of(row)?.entry(seal)
}

struct Columns {
    seq: i64,
    at: i64,
    portal: String,
    account: String,
    generation: i64,
    detail: String,
    format: i64,
    number: i64,
}

impl Columns {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: row.get(0)?,
            at: row.get(1)?,
            portal: row.get(2)?,
            account: row.get(3)?,
            generation: row.get(4)?,
            detail: row.get(5)?,
            format: row.get(6)?,
            number: row.get(7)?,
        })
    }

    fn entry(self, seal: &Seal) -> Result<SessionEntry, StoreError> {
        let place = Places::session_event(&self.portal, &self.account, self.number);
        let detail = seal.open_object(&place, self.detail)?;
        Ok(SessionEntry {
            seq: json::parse(u64::try_from(self.seq))?,
            account: AccountKey {
                portal: json::parse(PortalName::new(self.portal))?,
                account: json::parse(AccountName::new(self.account))?,
            },
            event: SessionEvent {
                at: time::read(self.at)?,
                generation: Generation(json::parse(u64::try_from(self.generation))?),
                what: json::decode(self.format, &detail)?,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{super::super::migrate::plan, *};

    #[test]
    fn no_history_is_sorted_or_read_whole() {
        insta::assert_snapshot!(plan(OF_ACCOUNT), @"
        SEARCH session_events USING INDEX session_events_by_account (portal=? AND account=? AND seq<?)
        LIST SUBQUERY 1
        SCAN json_each VIRTUAL TABLE INDEX 1:
        CREATE BLOOM FILTER
        ");
        insta::assert_snapshot!(plan(OF_KIND), @"SEARCH session_events USING INDEX session_events_by_event (event=? AND seq<?)");
        insta::assert_snapshot!(plan(OF_ALL), @"SEARCH session_events USING INTEGER PRIMARY KEY (rowid<?)");
    }
}
