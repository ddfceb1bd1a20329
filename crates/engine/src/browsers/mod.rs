//! The browsers that jobs work in.

mod orphans;
mod workers;

pub(crate) use orphans::kill_orphans;
pub(crate) use workers::{Place, Workers};
