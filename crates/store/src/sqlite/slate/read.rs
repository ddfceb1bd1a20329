//! Reading one.

use rusqlite::{OptionalExtension, params};

use super::super::db::Db;
use crate::{Slate, StoreError, json};

/// What is written under a name.
pub(super) fn read(conn: &Db, name: &str) -> Result<Option<Slate>, StoreError> {
    let found: Option<(i64, String)> = conn
        .prepare_cached("SELECT revision, text FROM slates WHERE name = ?1")?
        .query_row(params![name], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    found
        .map(|(revision, text)| {
            let revision = json::parse(u64::try_from(revision))?;
            Ok(Slate { revision, text })
        })
        .transpose()
}
