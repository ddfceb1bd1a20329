//! The schema: which collections, indexes and rules there are, and of which version.

mod close;
mod indexes;
mod listing;
mod migrate;
mod rules;
mod version;

pub(super) use close::{close, reopen, rule_breakers};
pub(super) use migrate::{migrate, server_at_work};
pub(super) use version::{KNOWN, present};
