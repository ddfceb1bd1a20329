//! Keeps one logged-in master session per account and lends copies of it.
//!
//! `keeper` is the handle, `actor` owns the state, `establish` finds a session alive or logs in, `register` tells
//! the store.

mod actor;
mod availability;
mod check;
mod establish;
mod keeper;
mod lend;
mod login;
mod master;
mod register;

pub(crate) use availability::Availability;
pub(crate) use keeper::{Keeper, KeeperSetup};
pub(crate) use lend::{Lent, NoSession};
