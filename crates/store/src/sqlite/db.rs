//! A connection, with what its values are sealed with.

use std::ops::Deref;

use rusqlite::Connection;

use crate::seal::Seal;

/// A connection to the file of a store.
pub(super) struct Db {
    conn: Connection,
    /// What values are sealed and opened with.
    pub(super) seal: Seal,
}

impl Db {
    pub(super) fn new(conn: Connection, seal: Seal) -> Self {
        Self { conn, seal }
    }
}

impl Deref for Db {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.conn
    }
}
