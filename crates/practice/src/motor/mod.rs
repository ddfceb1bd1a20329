//! The calls of the motor proposal, one a file.

pub(crate) mod calculate;
pub(crate) mod client;
pub(crate) mod coverage;
mod proposal;
mod rules;
pub(crate) mod save;
pub(crate) mod schedule;
pub(crate) mod suggest;

pub(crate) use proposal::{Proposal, other_customers};
