//! A page of jobs.

use formhand_domain::{Job, JobId, PortalName, Status};
use rusqlite::{Connection, Row, params};

use super::row;
use crate::{Cursor, JobFilter, JobPage, StoreError};

/// The most jobs on one page: records are a few kilobytes each, and nobody reads more at once.
const LONGEST: u32 = 500;

/// Sorts behind every id.
const END: &str = "~";

/// A page, newest first.
pub(in super::super) fn list(
    conn: &Connection,
    filter: &JobFilter,
    after: Option<Cursor>,
    limit: u32,
) -> Result<JobPage, StoreError> {
    let limit = limit.clamp(1, LONGEST);
    let before = after.map_or_else(|| END.to_owned(), |Cursor(id)| id.to_string());
    // One more than asked for tells whether there is a next page.
    let mut ids = ids(conn, filter, &before, limit + 1)?;
    let more = ids.len() > limit as usize;
    ids.truncate(limit as usize);
    let jobs = jobs(conn, &ids)?;
    let next = jobs.last().filter(|_| more).map(|job| Cursor(job.id));
    let total = total(conn, filter)?;
    Ok(JobPage { jobs, next, total })
}

/// Each status has its jobs in order in an index. The newest of all of them are among the newest of each, so no
/// filter makes the database sort or scan.
fn ids(
    conn: &Connection,
    filter: &JobFilter,
    before: &str,
    limit: u32,
) -> Result<Vec<String>, StoreError> {
    if filter.statuses.is_empty() && filter.portal.is_none() {
        let sql = "SELECT id FROM jobs WHERE id < ?1 ORDER BY id DESC LIMIT ?2";
        let mut statement = conn.prepare_cached(sql)?;
        let rows = statement.query_map(params![before, limit], id)?;
        return Ok(rows.collect::<Result<_, _>>()?);
    }
    let mut ids = Vec::new();
    for status in statuses(filter) {
        ids.extend(ids_of_status(
            conn,
            status,
            filter.portal.as_ref(),
            before,
            limit,
        )?);
    }
    ids.sort_unstable_by(|a, b| b.cmp(a));
    ids.truncate(limit as usize);
    Ok(ids)
}

fn statuses(filter: &JobFilter) -> Vec<Status> {
    let all = Status::ALL.iter().copied();
    all.filter(|status| filter.statuses.is_empty() || filter.statuses.contains(status))
        .collect()
}

fn ids_of_status(
    conn: &Connection,
    status: Status,
    portal: Option<&PortalName>,
    before: &str,
    limit: u32,
) -> Result<Vec<String>, StoreError> {
    let status = status.as_str();
    let ids = match portal {
        Some(portal) => conn
            .prepare_cached(
                "SELECT id FROM jobs WHERE portal = ?1 AND status = ?2 AND id < ?3 ORDER BY id DESC LIMIT ?4",
            )?
            .query_map(params![portal.as_str(), status, before, limit], id)?
            .collect::<Result<_, _>>()?,
        None => conn
            .prepare_cached(
                "SELECT id FROM jobs WHERE status = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3",
            )?
            .query_map(params![status, before, limit], id)?
            .collect::<Result<_, _>>()?,
    };
    Ok(ids)
}

fn id(row: &Row<'_>) -> rusqlite::Result<String> {
    row.get(0)
}

fn jobs(conn: &Connection, ids: &[String]) -> Result<Vec<Job>, StoreError> {
    let ids = ids.iter().map(|id| row::id(id));
    let ids: Vec<JobId> = ids.collect::<Result<_, _>>()?;
    ids.into_iter()
        .filter_map(|id| row::read(conn, id).transpose())
        .collect()
}

fn total(conn: &Connection, filter: &JobFilter) -> Result<u64, StoreError> {
    let statuses = statuses(filter);
    let counts = super::stats::counts(conn)?;
    Ok(counts
        .into_iter()
        .filter(|count| statuses.contains(&count.status))
        .filter(|count| {
            filter
                .portal
                .as_ref()
                .is_none_or(|portal| portal.as_str() == count.portal)
        })
        .map(|count| count.jobs)
        .sum())
}
