//! Giving a due job to a server.

use formhand_domain::{AccountKey, Job, Lease, Writer};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::super::db::Db;
use super::{
    super::{audit, time, writer::Write},
    pace,
    row::{self, NotWritten},
};
use crate::{Capacity, ClaimRequest, StoreError, rules};

/// Read from an index that holds waiting jobs only.
const FIRST_DUE: &str = "SELECT due_at, id FROM jobs
    WHERE portal = ?1 AND account = ?2 AND due_at IS NOT NULL AND due_at <= ?3
    ORDER BY due_at, id LIMIT 1";

/// Read from an index that holds jobs in progress only.
const IN_PROGRESS: &str = "SELECT count(*) FROM jobs
    WHERE portal = ?1 AND account = ?2 AND lease_expires_at IS NOT NULL";

/// The account's job that is due first.
struct Due {
    at: i64,
    id: String,
}

/// Gives the oldest due job of an account with room, whose pace allows it.
///
/// All of it happens under the database's write lock, so counting, choosing and writing are one step for every
/// other server.
pub(in super::super) fn claim(
    write: &mut Write<'_>,
    request: &ClaimRequest,
) -> Result<Option<Job>, StoreError> {
    while let Some(due) = oldest(write.conn, request)? {
        match row::read(write.conn, row::id(&due.id)?) {
            Ok(Some(before)) => return take(write, &before, request).map(Some),
            Ok(None) => {
                let error = format!("job {} is due and not there", due.id);
                return Err(StoreError::Corrupt(error));
            }
            Err(StoreError::Corrupt(error)) => set_aside(write.conn, &due, &error, request.now)?,
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

/// The first due job of those accounts.
fn oldest(conn: &Db, request: &ClaimRequest) -> Result<Option<Due>, StoreError> {
    let mut oldest: Option<Due> = None;
    for capacity in &request.accounts {
        let Some(due) = first_due(conn, capacity, request.now)? else {
            continue;
        };
        let older = oldest
            .as_ref()
            .is_none_or(|oldest| (due.at, &due.id) < (oldest.at, &oldest.id));
        if older && may_start(conn, capacity, request.now)? {
            oldest = Some(due);
        }
    }
    Ok(oldest)
}

/// Puts off a job that cannot be read.
fn set_aside(conn: &Db, due: &Due, error: &str, now: Timestamp) -> Result<(), StoreError> {
    conn.prepare_cached("UPDATE jobs SET due_at = ?2 WHERE id = ?1")?
        .execute(params![due.id, rules::aside(&due.id, error, now)])?;
    Ok(())
}

fn first_due(conn: &Db, capacity: &Capacity, now: Timestamp) -> Result<Option<Due>, StoreError> {
    let account = &capacity.account;
    let found = conn
        .prepare_cached(FIRST_DUE)?
        .query_row(
            params![
                account.portal.as_str(),
                account.account.as_str(),
                time::present(now)
            ],
            |row| {
                Ok(Due {
                    at: row.get(0)?,
                    id: row.get(1)?,
                })
            },
        )
        .optional()?;
    Ok(found)
}

fn may_start(conn: &Db, capacity: &Capacity, now: Timestamp) -> Result<bool, StoreError> {
    if let Some(pace) = capacity.pace
        && !pace::allows(conn, &capacity.account, pace, now)?
    {
        return Ok(false);
    }
    has_room(conn, capacity)
}

fn has_room(conn: &Db, capacity: &Capacity) -> Result<bool, StoreError> {
    Ok(at_work(conn, &capacity.account)? < capacity.max_parallel)
}

/// How many jobs of an account are in progress.
pub(in super::super) fn at_work(conn: &Db, account: &AccountKey) -> Result<u32, StoreError> {
    let in_progress = conn.prepare_cached(IN_PROGRESS)?.query_row(
        params![account.portal.as_str(), account.account.as_str()],
        |row| row.get(0),
    )?;
    Ok(in_progress)
}

fn take(write: &mut Write<'_>, before: &Job, request: &ClaimRequest) -> Result<Job, StoreError> {
    let lease = Lease {
        owner: request.owner.clone(),
        token: before.fence.next(),
        expires_at: request
            .now
            .saturating_add(request.lease_for)
            .unwrap_or(Timestamp::MAX),
    };
    let (after, name) = rules::take(before, lease, request.now)?;
    row::update(write.conn, before, &after).map_err(|error| match error {
        NotWritten::Store(error) => error,
        NotWritten::Taken => {
            StoreError::Corrupt(format!("job {} does not hold its key", before.id))
        }
    })?;
    let account = AccountKey {
        portal: after.portal.clone(),
        account: after.account.clone(),
    };
    pace::started(write.conn, &account, request.now)?;
    audit::write(
        write,
        name,
        &Writer::Queue,
        Some(before),
        &after,
        request.now,
    )?;
    Ok(after)
}

#[cfg(test)]
mod tests {
    use super::{super::super::migrate::plan, *};

    #[test]
    fn finished_jobs_cost_a_claim_nothing() {
        insta::assert_snapshot!(plan(FIRST_DUE), @"SEARCH jobs USING COVERING INDEX jobs_due_by_account (portal=? AND account=? AND due_at>? AND due_at<?)");
        insta::assert_snapshot!(plan(IN_PROGRESS), @"SEARCH jobs USING INDEX jobs_leased_by_account (portal=? AND account=?)");
    }
}
