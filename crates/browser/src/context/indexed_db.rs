//! The databases of an origin (`IndexedDB`), as far as a page can tell what they hold.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How much the databases of all origins of a storage state may hold, as text. A login needs a few kilobytes; what is
/// bigger is a portal's cache, which would be written anew for every job.
pub const INDEXED_DB_LIMIT_BYTES: usize = 8 * 1024 * 1024;

/// A database. A key generator goes on after the highest key that is there, also if higher ones were given before and
/// deleted: a page cannot read it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Database {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: u64,
    /// Its object stores.
    pub stores: Vec<ObjectStore>,
}

impl fmt::Debug for Database {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let records: usize = self.stores.iter().map(|store| store.records.len()).sum();
        write!(
            formatter,
            "Database({} stores, {records} records)",
            self.stores.len()
        )
    }
}

/// An object store.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectStore {
    /// Its name.
    pub name: String,
    /// Where a value holds its key; none: the key is beside the value.
    pub key_path: Option<KeyPath>,
    /// Whether it makes keys by itself.
    pub auto_increment: bool,
    /// Its indexes.
    pub indexes: Vec<Index>,
    /// What it holds, by key.
    pub records: Vec<Record>,
}

impl fmt::Debug for ObjectStore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ObjectStore({} records)", self.records.len())
    }
}

/// An index of an object store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// Its name.
    pub name: String,
    /// Where a value holds what it is found by.
    pub key_path: KeyPath,
    /// Whether no two values may hold the same.
    pub unique: bool,
    /// Whether a value that holds a list is found by each of its parts.
    pub multi_entry: bool,
}

/// Where a value holds a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyPath {
    /// In one place. The empty path is the value itself.
    One(String),
    /// In several places, which together are the key.
    Several(Vec<String>),
}

/// A record. Its content is only read by the scripts that wrote it (`script/clone.js`): there is more in it than JSON
/// can say.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    key: String,
    value: String,
    /// The contents of its `Blob`s and `File`s.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    blobs: Vec<String>,
}

impl fmt::Debug for Record {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Record")
    }
}
