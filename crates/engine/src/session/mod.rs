//! Keeps one logged-in master session per account and lends copies of it.

mod availability;
mod check;
mod keeper;
mod lend;
mod login;
mod master;

pub(crate) use availability::Availability;
pub(crate) use keeper::{Keeper, KeeperSetup};
pub(crate) use lend::{Lent, NoSession};
