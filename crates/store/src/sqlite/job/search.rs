//! Jobs that the portal is to be searched for.

use formhand_domain::{FlowName, Job, PortalName};
use rusqlite::params;

use super::super::db::Db;
use super::row::Columns;
use crate::{StoreError, rules};

/// Read from an index that holds jobs of unknown outcome only.
const OF_FLOW: &str = "SELECT id, format, job FROM jobs
    WHERE portal = ?1 AND search_at IS NOT NULL AND job ->> 'flow' = ?2
    ORDER BY search_at LIMIT ?3";

/// Jobs of these flows, those that are due first before the others.
pub(in super::super) fn to_search(
    conn: &Db,
    flows: &[(PortalName, FlowName)],
    limit: u32,
) -> Result<Vec<Job>, StoreError> {
    let mut statement = conn.prepare_cached(OF_FLOW)?;
    let mut jobs = Vec::new();
    for (portal, flow) in flows {
        let rows =
            statement.query_map(params![portal.as_str(), flow.as_str(), limit], Columns::of)?;
        for row in rows {
            let read = rules::readable(row?.job(&conn.seal));
            jobs.extend(read.transpose()?);
        }
    }
    jobs.sort_by_key(Job::search_at);
    jobs.truncate(limit as usize);
    Ok(jobs)
}

#[cfg(test)]
mod tests {
    use super::{super::super::migrate::plan, *};

    #[test]
    fn settled_jobs_cost_a_search_nothing() {
        insta::assert_snapshot!(plan(OF_FLOW), @"SEARCH jobs USING INDEX jobs_to_search (portal=? AND search_at>?)");
    }
}
