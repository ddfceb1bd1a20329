//! What a job found out about the session that it was lent.

use formhand_domain::AccountKey;
use rusqlite::params;

use super::super::writer::Write;
use crate::{Change, SessionReport, StoreError};

/// Notes a report if it is news. Nothing is to be noted of an account without a session: no generation of it was made.
pub(in super::super) fn report(
    write: &mut Write<'_>,
    account: &AccountKey,
    report: SessionReport,
) -> Result<(), StoreError> {
    let (sql, generation) = match report {
        SessionReport::Stale(generation) => (
            "UPDATE sessions SET stale = ?3
             WHERE portal = ?1 AND account = ?2 AND stale < ?3 AND generation >= ?3",
            generation,
        ),
        SessionReport::Retire(generation) => (
            "UPDATE sessions SET retire = ?3
             WHERE portal = ?1 AND account = ?2 AND retire < ?3 AND generation >= ?3",
            generation,
        ),
    };
    let Ok(generation) = i64::try_from(generation.0) else {
        // Nor was one of so high a number.
        return Ok(());
    };
    let rows = write.conn.prepare_cached(sql)?.execute(params![
        account.portal.as_str(),
        account.account.as_str(),
        generation,
    ])?;
    if rows > 0 {
        write.tell(Change::Session);
    }
    Ok(())
}
