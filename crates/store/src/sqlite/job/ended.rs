//! Jobs that ended, in the order of their ends.

use jiff::Timestamp;
use rusqlite::params;

use super::super::db::Db;
use super::{super::time, row};
use crate::{EndedJob, EndedJobs, StoreError};

/// Each kind has an index of its own. What was seen last comes in by its two columns of it.
const FILED: &str = "SELECT finished_at, id FROM jobs
    WHERE finished_at IS NOT NULL AND outcome = 'submitted' AND forgotten = 0
        AND finished_at < ?1 AND (finished_at, id) > (?2, ?3)
    ORDER BY finished_at, id LIMIT ?4";
const UNFILED: &str = "SELECT finished_at, id FROM jobs
    WHERE finished_at IS NOT NULL AND outcome = 'not_submitted'
        AND finished_at < ?1 AND (finished_at, id) > (?2, ?3)
    ORDER BY finished_at, id LIMIT ?4";

/// Jobs of a kind that ended before `before`, behind `after`.
pub(in super::super) fn ended(
    conn: &Db,
    which: EndedJobs,
    before: Timestamp,
    after: Option<EndedJob>,
    limit: u32,
) -> Result<Vec<EndedJob>, StoreError> {
    let (at, id) = match after {
        Some(EndedJob { id, at }) => (time::stored(at), id.to_string()),
        None => (i64::MIN, String::new()),
    };
    let rows: Vec<(i64, String)> = conn
        .prepare_cached(match which {
            EndedJobs::Filed => FILED,
            EndedJobs::Unfiled => UNFILED,
        })?
        .query_map(params![time::present(before), at, id, limit], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .collect::<Result<_, _>>()?;
    let jobs = rows.into_iter().map(|(at, id)| {
        let (id, at) = (row::id(&id)?, time::read(at)?);
        Ok(EndedJob { id, at })
    });
    jobs.collect()
}

#[cfg(test)]
mod tests {
    use super::{super::super::migrate::plan, *};

    #[test]
    fn jobs_that_are_alive_or_forgotten_cost_nothing() {
        insta::assert_snapshot!(plan(FILED), @"SEARCH jobs USING INDEX jobs_to_forget ((finished_at,id)>(?,?) AND finished_at<?)");
        insta::assert_snapshot!(plan(UNFILED), @"SEARCH jobs USING COVERING INDEX jobs_to_remove ((finished_at,id)>(?,?) AND finished_at<?)");
    }
}
