//! The only crate that knows a database.
//!
//! [`Store`] is the seam: whole, meaningful, atomic operations, and nothing that only one database could do. Two backends
//! stand behind it, [`SqliteStore`] for one server and [`MongoStore`] for several; both run the same conformance suite.

pub mod contract;
mod copying;
mod json;
mod mongo;
mod open;
mod rules;
mod seal;
mod sqlite;
mod time;

pub use contract::*;
pub use copying::{Copied, CopyError, CopyPart, Progress, copy, copy_sealed};
pub use mongo::MongoStore;
pub use open::StorePlace;
pub use sqlite::SqliteStore;
