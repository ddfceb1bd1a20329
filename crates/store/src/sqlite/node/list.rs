//! The servers.

use formhand_domain::NodeId;
use rusqlite::Row;

use super::super::db::Db;
use super::super::{json, time};
use crate::{Node, NodeEntry, StoreError};

/// All of them, in the order of their names.
pub(in super::super) fn list(conn: &Db) -> Result<Vec<Node>, StoreError> {
    conn.prepare_cached(
        "SELECT id, version, schema, workers, at_work, started_at, seen_at, drain FROM nodes ORDER BY id",
    )?
    .query_map([], Columns::of)?
    .map(|row| row?.node())
    .collect()
}

struct Columns {
    id: String,
    version: String,
    schema: u32,
    workers: u32,
    at_work: u32,
    started_at: i64,
    seen_at: i64,
    drain: bool,
}

impl Columns {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            version: row.get(1)?,
            schema: row.get(2)?,
            workers: row.get(3)?,
            at_work: row.get(4)?,
            started_at: row.get(5)?,
            seen_at: row.get(6)?,
            drain: row.get(7)?,
        })
    }

    fn node(self) -> Result<Node, StoreError> {
        Ok(Node {
            entry: NodeEntry {
                id: json::parse(NodeId::new(self.id))?,
                version: self.version,
                schema: self.schema,
                workers: self.workers,
                at_work: self.at_work,
                started_at: time::read(self.started_at)?,
                seen_at: time::read(self.seen_at)?,
            },
            drain: self.drain,
        })
    }
}
