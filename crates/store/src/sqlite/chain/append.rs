//! Putting the next link on.

use rusqlite::{Connection, OptionalExtension, params};

use super::super::json;
use crate::{Bond, Digest, Head, StoreError};

/// Where the next entry goes.
pub(in super::super) struct Place {
    /// Its number.
    pub(in super::super) seq: i64,
    /// The link before it.
    before: Digest,
}

/// The place behind the last link. Only one transaction writes at a time, so it is free, and there is no gap.
pub(in super::super) fn next(conn: &Connection) -> Result<Place, StoreError> {
    let last = head(conn)?;
    Ok(Place {
        seq: json::parse(i64::try_from(last.map_or(0, |last| last.seq) + 1))?,
        before: last.map_or(Digest::NOTHING, |last| last.link),
    })
}

/// Binds the entry of a place.
pub(in super::super) fn bind(
    conn: &Connection,
    place: &Place,
    digest: Digest,
) -> Result<u64, StoreError> {
    let seq = json::parse(u64::try_from(place.seq))?;
    let Bond { digest, link } = Bond::behind(&place.before, seq, digest);
    conn.prepare_cached("INSERT INTO audit_chain (seq, digest, link) VALUES (?1, ?2, ?3)")?
        .execute(params![place.seq, digest.bytes(), link.bytes()])?;
    Ok(seq)
}

/// The last link; nothing if there is none.
pub(in super::super) fn head(conn: &Connection) -> Result<Option<Head>, StoreError> {
    let found: Option<(i64, Vec<u8>)> = conn
        .prepare_cached("SELECT seq, link FROM audit_chain ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((seq, link)) = found else {
        return Ok(None);
    };
    let no_link = || StoreError::Corrupt(format!("link {seq} of the audit is no hash"));
    Ok(Some(Head {
        seq: json::parse(u64::try_from(seq))?,
        link: Digest::read(&link).ok_or_else(no_link)?,
    }))
}

impl Place {
    /// The place of an entry that had its number before the chain began.
    pub(super) fn of(seq: i64, before: Digest) -> Self {
        Self { seq, before }
    }
}
