//! What is wanted of a server.

use formhand_domain::NodeId;
use rusqlite::{OptionalExtension, params};

use super::super::writer::Write;
use crate::{Change, StoreError};

/// Asks a server to take no more work, or takes that back. False if it is not known.
pub(in super::super) fn drain(
    write: &mut Write<'_>,
    id: &NodeId,
    drain: bool,
) -> Result<bool, StoreError> {
    let before: Option<bool> = write
        .conn
        .prepare_cached("SELECT drain FROM nodes WHERE id = ?1")?
        .query_row(params![id.as_str()], |row| row.get(0))
        .optional()?;
    if before == Some(!drain) {
        write
            .conn
            .prepare_cached("UPDATE nodes SET drain = ?2 WHERE id = ?1")?
            .execute(params![id.as_str(), drain])?;
        write.tell(Change::Node);
    }
    Ok(before.is_some())
}

/// Removes a server that has ended.
pub(in super::super) fn forget(write: &mut Write<'_>, id: &NodeId) -> Result<(), StoreError> {
    let removed = write
        .conn
        .prepare_cached("DELETE FROM nodes WHERE id = ?1")?
        .execute(params![id.as_str()])?;
    if removed > 0 {
        write.tell(Change::Node);
    }
    Ok(())
}
