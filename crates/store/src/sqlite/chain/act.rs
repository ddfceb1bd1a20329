//! Noting an act.

use rusqlite::params;

use super::{
    super::{json, time, writer::Write},
    append::{Place, bind, next},
};
use crate::{Act, Content, DeedParts, Salt, StoreError};

/// Writes an act at the end of the chain, and gives its number.
pub(in super::super) fn note(write: &Write<'_>, act: Act) -> Result<u64, StoreError> {
    insert(write.conn, &next(write.conn)?, act)
}

/// Writes it at its place.
pub(super) fn insert(
    conn: &rusqlite::Connection,
    place: &Place,
    act: Act,
) -> Result<u64, StoreError> {
    let salt = Salt::random();
    let DeedParts { name, of, detail } = act.deed.parts();
    conn.prepare_cached(
        "INSERT INTO audit_acts (seq, at, writer, deed, about, detail, salt, format)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        place.seq,
        time::stored(act.at),
        json::encode(&act.writer)?,
        name,
        of,
        detail,
        salt.bytes(),
        json::FORMAT,
    ])?;
    bind(conn, place, Content::Act(act).digest(&salt))
}
