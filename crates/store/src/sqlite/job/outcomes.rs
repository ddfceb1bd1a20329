//! How jobs ended, by hour.

use formhand_domain::PortalName;
use jiff::Timestamp;
use rusqlite::{Row, params};

use super::super::db::Db;
use super::super::{json, time};
use crate::{HourOutcomes, StoreError, rules};

const OF_HOURS: &str = "SELECT hour, portal, status, jobs FROM job_outcomes
    WHERE hour >= ?1 AND hour < ?2 AND jobs > 0 ORDER BY hour, portal, status";

/// The outcomes of the hours of a span.
pub(in super::super) fn outcomes(
    conn: &Db,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<HourOutcomes>, StoreError> {
    let (first, end) = rules::hours(from, until);
    let mut found = Vec::new();
    let mut statement = conn.prepare_cached(OF_HOURS)?;
    let mut rows = statement.query(params![first, end])?;
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    // The order of statuses is not that of their names.
    found.sort_unstable();
    Ok(found)
}

/// The columns of a row, in this order.
pub(in super::super) fn read(row: &Row<'_>) -> Result<HourOutcomes, StoreError> {
    let (portal, status): (String, String) = (row.get(1)?, row.get(2)?);
    Ok(HourOutcomes {
        hour: time::read(row.get(0)?)?,
        portal: json::parse(PortalName::new(portal))?,
        status: json::parse(status.parse())?,
        jobs: json::parse(u64::try_from(row.get::<_, i64>(3)?))?,
    })
}

#[cfg(test)]
mod tests {
    use super::{super::super::migrate::plan, *};

    #[test]
    fn a_day_is_read_without_the_others() {
        insta::assert_snapshot!(plan(OF_HOURS), @"SEARCH job_outcomes USING PRIMARY KEY (hour>? AND hour<?)");
    }
}
