//! Proving the audit now and then, and on demand; what came of it is kept in the store, for all servers.

mod daily;
mod desk;
mod verdict;

pub(crate) use daily::daily;
pub use desk::AuditDesk;
pub(crate) use desk::verdict;
pub(crate) use verdict::Verdict;
