//! Writing one.

use rusqlite::params;

use super::super::writer::Write;
use crate::{StoreError, json};

/// Writes under a name if the revision there is still `was`.
pub(super) fn write(
    to: &mut Write<'_>,
    name: &str,
    was: u64,
    text: &str,
) -> Result<bool, StoreError> {
    let was: i64 = json::parse(i64::try_from(was))?;
    let sql = if was == 0 {
        "INSERT INTO slates (name, revision, text) VALUES (?1, ?2 + 1, ?3) ON CONFLICT (name) DO NOTHING"
    } else {
        "UPDATE slates SET revision = ?2 + 1, text = ?3 WHERE name = ?1 AND revision = ?2"
    };
    let rows = to
        .conn
        .prepare_cached(sql)?
        .execute(params![name, was, text])?;
    Ok(rows == 1)
}
