//! What happened to sessions, in order.

mod read;
mod record;

pub(super) use read::{entry, history};
pub(super) use record::record;
