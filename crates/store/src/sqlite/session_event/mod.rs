//! What happened to sessions, in order.

mod read;
mod record;

pub(super) use read::history;
pub(super) use record::record;
