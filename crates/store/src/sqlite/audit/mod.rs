//! The audit: what happened to jobs, in order.

mod read;
mod write;

pub(super) use read::{after, before, entry, history};
pub(super) use write::{noted, write};
