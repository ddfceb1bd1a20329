//! The only crate that knows a database.
//!
//! [`Store`] is the seam: whole, meaningful, atomic operations, and nothing that only one database could do.
//! A second backend implements the trait and runs the conformance suite; nothing else changes.

pub mod contract;
mod sqlite;

pub use contract::*;
pub use sqlite::SqliteStore;
