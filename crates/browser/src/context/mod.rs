//! A browser context: cookies and storage of its own, the origins it may visit, and its gate.

mod close;
mod handle;
mod options;
mod restore;
mod shared;
mod storage;

pub use handle::Context;
pub use options::ContextOptions;
pub(crate) use shared::ContextShared;
pub use shared::Refused;
pub use storage::{Cookie, OriginStorage, StorageState};
