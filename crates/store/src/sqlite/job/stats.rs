//! How many jobs there are.

use formhand_domain::{AccountKey, AccountName, PortalName};

use super::super::db::Db;
use super::super::json;
use crate::{
    Stats, StoreError,
    rules::{self, Cell},
};

/// Jobs by status, over all portals and by account.
pub(in super::super) fn stats(conn: &Db) -> Result<Stats, StoreError> {
    counts(conn).map(rules::stats)
}

/// The counts as the database keeps them.
pub(super) fn counts(conn: &Db) -> Result<Vec<(Cell, u64)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT portal, account, status, waiting, jobs FROM job_counts WHERE jobs > 0",
    )?;
    let rows = statement.query_map([], |row| {
        let account: (String, String) = (row.get(0)?, row.get(1)?);
        let counted: (String, bool, i64) = (row.get(2)?, row.get(3)?, row.get(4)?);
        Ok((account, counted))
    })?;
    rows.map(|row| {
        let ((portal, account), (status, waiting, jobs)) = row?;
        let account = AccountKey {
            portal: json::parse(PortalName::new(portal))?,
            account: json::parse(AccountName::new(account))?,
        };
        let status = json::parse(status.parse())?;
        let cell = Cell {
            account,
            status,
            waiting,
        };
        Ok((cell, json::parse(u64::try_from(jobs))?))
    })
    .collect()
}
