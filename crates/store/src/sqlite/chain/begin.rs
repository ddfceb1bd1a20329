//! Binding what was there before there was a chain.

use formhand_domain::Writer;
use rusqlite::{Connection, OptionalExtension, Row};

use super::{
    super::{audit, chain, time},
    act,
    append::{Place, bind, head},
};
use crate::{Act, Deed, Digest, StoreError, digest_of_job, seal::Seal};

const ALL: &str =
    "SELECT seq, at, job, event, writer, from_status, to_status, stage, attempt, failure, format, note, salt
    FROM audit ORDER BY seq";

/// The highest number that an entry ever had, also one that was removed with its job.
const HIGHEST: &str = "SELECT seq FROM sqlite_sequence WHERE name = 'audit'";

/// A file is opened without being told the time.
const NOW: &str = "SELECT unixepoch() * 1000000";

/// Binds each entry as it is found, and says so at the end: only from there on the chain proves what happened.
pub(in super::super) fn begin(conn: &Connection) -> Result<(), StoreError> {
    let mut before = Digest::NOTHING;
    let mut entries = 0;
    let mut statement = conn.prepare(ALL)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let place = Place::of(row.get(0)?, before);
        bind(conn, &place, digest(row)?)?;
        before = head(conn)?.map_or(before, |head| head.link);
        entries += 1;
    }
    let highest: Option<i64> = conn.query_row(HIGHEST, [], |row| row.get(0)).optional()?;
    let Some(highest) = highest.filter(|highest| *highest > 0) else {
        return Ok(());
    };
    let act = Act {
        at: time::read(conn.query_row(NOW, [], |row| row.get(0))?)?,
        writer: Writer::Queue,
        deed: Deed::BeginChain { entries },
    };
    act::insert(conn, &Place::of(highest + 1, before), act)?;
    Ok(())
}

/// One that cannot be read keeps nobody from working. It gets a hash that nothing has, so each proof tells of it.
fn digest(row: &Row<'_>) -> Result<Digest, StoreError> {
    let entry = match audit::entry(&Seal::plain(), row) {
        Ok(entry) => entry,
        Err(StoreError::Corrupt(error)) => {
            tracing::warn!(error, "an entry of the audit is bound that cannot be read");
            return Ok(Digest::NOTHING);
        }
        Err(other) => return Err(other),
    };
    let no_salt = || StoreError::Corrupt("an entry whose salt is none".into());
    let salt = chain::salt(row, 12)?.ok_or_else(no_salt)?;
    Ok(digest_of_job(&entry, &salt))
}
