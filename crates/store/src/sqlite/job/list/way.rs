//! Which index is read for a filter.

use formhand_domain::PortalName;
use rusqlite::params;

use super::super::super::db::Db;
use super::{
    sql::{END, span},
    walk::LOOKED,
};
use crate::{JobFilter, StoreError, rules::Cell};

/// An index that has jobs in the order of their ids. What else the filter says is looked at job by job.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// All jobs.
    All,
    /// Those of a caller's id: mostly one.
    Caller,
    /// Those of a business key: mostly one.
    BusinessKey,
    /// Those of the filter's statuses, over all portals.
    Statuses,
    /// Those of the filter's statuses, of its portal.
    Portal,
    /// Those of the filter's statuses and account, of each of these portals.
    Account(Vec<PortalName>),
    /// Those with the words that are searched.
    Words,
}

impl Way {
    /// Chooses one. `counted` is how many jobs the filter holds by status, portal and account.
    pub(super) fn of(
        conn: &Db,
        filter: &JobFilter,
        counts: &[(Cell, u64)],
        counted: u64,
    ) -> Result<Self, StoreError> {
        if filter.caller_id.is_some() {
            return Ok(Self::Caller);
        }
        if filter.business_key.is_some() {
            return Ok(Self::BusinessKey);
        }
        // Where there are few, each of them is looked at; else many that have the words might not be among those.
        if filter.text.is_some() && counted > u64::from(LOOKED) && !is_short(conn, filter)? {
            return Ok(Self::Words);
        }
        Ok(match (&filter.account, &filter.portal) {
            (Some(_), Some(portal)) => Self::Account(vec![portal.clone()]),
            (Some(name), None) => {
                let of_name = counts
                    .iter()
                    .map(|(cell, _)| &cell.account)
                    .filter(|account| account.account == *name);
                let mut portals: Vec<_> = of_name.map(|account| account.portal.clone()).collect();
                portals.sort_unstable();
                portals.dedup();
                Self::Account(portals)
            }
            (None, Some(_)) => Self::Portal,
            (None, None) if filter.statuses.is_empty() => Self::All,
            (None, None) => Self::Statuses,
        })
    }
}

/// Whether few jobs were made in the time that the filter names.
fn is_short(conn: &Db, filter: &JobFilter) -> Result<bool, StoreError> {
    if filter.from.is_none() && filter.until.is_none() {
        return Ok(false);
    }
    let (first, end) = span(filter, END);
    let made: u32 = conn
        .prepare_cached(
            "SELECT count(*) FROM (SELECT 1 FROM jobs WHERE id >= ?1 AND id < ?2 LIMIT ?3)",
        )?
        .query_row(params![first, end, LOOKED + 1], |row| row.get(0))?;
    Ok(made <= LOOKED)
}
