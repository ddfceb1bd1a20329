//! A page, with its total.

use formhand_domain::{Job, JobId};

use super::super::super::db::Db;
use super::{
    super::{row, stats},
    walk::{Walked, walk},
    way::Way,
};
use crate::{Cursor, JobFilter, JobPage, StoreError, Total, contract::COUNTED, rules};

/// The most jobs on one page: records are a few kilobytes each, and nobody reads more at once.
const LONGEST: u32 = 500;

/// A page, newest first.
pub(in super::super::super) fn list(
    conn: &Db,
    filter: &JobFilter,
    after: Option<Cursor>,
    limit: u32,
) -> Result<JobPage, StoreError> {
    let limit = limit.clamp(1, LONGEST) as usize;
    let filter = &*conn.seal.filter(filter)?;
    let counts = stats::counts(conn)?;
    let counted = rules::counted(counts.iter().map(|(cell, jobs)| (cell, *jobs)), filter);
    let way = Way::of(conn, filter, &counts, counted)?;
    let is_known = filter.is_counted();
    // One more than asked for tells whether there is a next page. On the first page the same walk counts.
    let is_counting = after.is_none() && !is_known;
    let goal = if is_counting {
        COUNTED as usize + 1
    } else {
        limit + 1
    };
    let mut walked = walk(conn, filter, &way, after, goal)?;
    let total = match after {
        _ if is_known => Total::Exactly(counted),
        None => total(&walked),
        Some(_) => total(&walk(conn, filter, &way, None, COUNTED as usize + 1)?),
    };
    let more = walked.fitting.len() > limit;
    walked.fitting.truncate(limit);
    let jobs = jobs(conn, &walked.fitting)?;
    let next = if more {
        jobs.last().map(|job| job.id)
    } else {
        // Whoever reads on begins where looking was given up.
        walked.given_up_at.as_deref().map(row::id).transpose()?
    };
    Ok(JobPage {
        jobs,
        next: next.map(Cursor),
        total,
    })
}

fn total(walked: &Walked) -> Total {
    let found = walked.fitting.len() as u64;
    if walked.given_up_at.is_none() {
        Total::Exactly(found)
    } else {
        Total::AtLeast(found.min(u64::from(COUNTED)))
    }
}

fn jobs(conn: &Db, ids: &[String]) -> Result<Vec<Job>, StoreError> {
    let ids = ids.iter().map(|id| row::id(id));
    let ids: Vec<JobId> = ids.collect::<Result<_, _>>()?;
    ids.into_iter()
        .filter_map(|id| row::read(conn, id).transpose())
        .filter_map(rules::readable)
        .collect()
}
