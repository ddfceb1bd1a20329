//! A browser context: cookies and storage of its own, the origins it may visit, and its gate.

mod blank;
mod close;
mod cookies;
mod handle;
mod indexed_db;
mod options;
mod parts;
mod restore;
mod shared;
mod storage;
mod take;

pub use handle::Context;
pub use indexed_db::{Database, INDEXED_DB_LIMIT_BYTES, Index, KeyPath, ObjectStore, Record};
pub use options::ContextOptions;
pub use parts::StorageParts;
pub(crate) use shared::ContextShared;
pub use shared::Refused;
pub use storage::{Cookie, CookiePartition, OriginStorage, StorageState};
