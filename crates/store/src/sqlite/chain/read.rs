//! Reading the chain with what it binds.

use std::collections::BTreeMap;

use formhand_domain::Writer;
use rusqlite::{Connection, Row, params};

use super::super::{audit, db::Db, json, time};
use crate::{Act, Bond, Content, Deed, Digest, Kept, Link, Salt, StoreError, seal::Seal};

const CHAIN: &str =
    "SELECT seq, digest, link FROM audit_chain WHERE seq > ?1 ORDER BY seq LIMIT ?2";

const JOBS: &str =
    "SELECT seq, at, job, event, writer, from_status, to_status, stage, attempt, failure, format, note, salt
    FROM audit WHERE seq > ?1 ORDER BY seq LIMIT ?2";

const ACTS: &str = "SELECT seq, at, writer, deed, about, detail, salt, format
    FROM audit_acts WHERE seq > ?1 ORDER BY seq LIMIT ?2";

/// Reads what a row says.
type Read = fn(&Seal, &Row<'_>) -> Result<Kept, StoreError>;

/// The next `limit` numbers of the three tables. Each gives as many at most, so the first of all are among them.
pub(super) fn links(conn: &Db, after: u64, limit: u32) -> Result<Vec<Link>, StoreError> {
    // Numbers begin with one, so what lies before that was put there; it is read first.
    let after = match after {
        0 => i64::MIN,
        after => i64::try_from(after).unwrap_or(i64::MAX),
    };
    let mut found: BTreeMap<u64, Link> = BTreeMap::new();
    for_each(conn, CHAIN, (after, limit), |seq, row| {
        found.insert(seq, bound(seq, row)?);
        Ok(())
    })?;
    let kinds: [(&str, Read); 2] = [(JOBS, job), (ACTS, act)];
    for (sql, read) in kinds {
        for_each(conn, sql, (after, limit), |seq, row| {
            let link = found.entry(seq).or_insert(Link {
                seq,
                bond: None,
                kept: Kept::Removed,
            });
            // Two of one number: whichever it is, it is not both.
            link.kept = match link.kept {
                Kept::Removed => read(&conn.seal, row)?,
                Kept::Whole { .. } | Kept::Unreadable => Kept::Unreadable,
            };
            Ok(())
        })?;
    }
    Ok(found.into_values().take(limit as usize).collect())
}

fn for_each(
    conn: &Connection,
    sql: &str,
    (after, limit): (i64, u32),
    mut take: impl FnMut(u64, &Row<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(params![after, limit])?;
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get(0)?;
        take(u64::try_from(seq).unwrap_or(0), row)?;
    }
    Ok(())
}

fn bound(seq: u64, row: &Row<'_>) -> Result<Link, StoreError> {
    Ok(Link {
        seq,
        bond: or_nothing(bond_of(row, 1))?,
        kept: Kept::Removed,
    })
}

/// The bond in two columns.
pub(in super::super) fn bond_of(row: &Row<'_>, column: usize) -> Result<Bond, StoreError> {
    let digest: Option<Vec<u8>> = row.get(column)?;
    let link: Option<Vec<u8>> = row.get(column + 1)?;
    let read = |bytes: Option<Vec<u8>>| bytes.as_deref().and_then(Digest::read);
    let bond = read(digest).zip(read(link));
    let (digest, link) =
        bond.ok_or_else(|| StoreError::Corrupt("an entry of the audit that is not bound".into()))?;
    Ok(Bond { digest, link })
}

fn job(seal: &Seal, row: &Row<'_>) -> Result<Kept, StoreError> {
    let entry = or_nothing(audit::entry(seal, row))?;
    let content = entry.map(|entry| Content::Job(Box::new(entry)));
    Ok(Kept::read(salt(row, 12)?, content))
}

fn act(_: &Seal, row: &Row<'_>) -> Result<Kept, StoreError> {
    let content = or_nothing(read_act(row))?.flatten().map(Content::Act);
    Ok(Kept::read(salt(row, 6)?, content))
}

/// The act of a row with the columns that are read here; nothing if it says what no act does.
pub(in super::super) fn read_act(row: &Row<'_>) -> Result<Option<Act>, StoreError> {
    let (writer, deed): (String, String) = (row.get(2)?, row.get(3)?);
    let (about, detail): (String, Option<String>) = (row.get(4)?, row.get(5)?);
    let Some(deed) = Deed::read(&deed, &about, detail.as_deref()) else {
        return Ok(None);
    };
    let at = time::read(row.get(1)?)?;
    let writer: Writer = json::decode(row.get(7)?, &writer)?;
    Ok(Some(Act { at, writer, deed }))
}

/// The salt in a column.
pub(in super::super) fn salt(row: &Row<'_>, column: usize) -> Result<Option<Salt>, StoreError> {
    let salt: Option<Vec<u8>> = row.get(column)?;
    Ok(salt.as_deref().and_then(Salt::read))
}

/// What cannot be read is a finding, and no reason not to read on.
fn or_nothing<T>(read: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(StoreError::Corrupt(_)) => Ok(None),
        Err(other) => Err(other),
    }
}
