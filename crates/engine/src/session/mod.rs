//! Keeps one logged-in master session per account and lends copies of it.
//!
//! `keeper` is the handle, `actor` owns the state, `recovery` brings a session back level after level, `establish` finds
//! one alive or logs in, `register` tells the store. Of several servers one keeps the session, by `right`; `follow` is what
//! the others do.

mod actor;
mod adopt;
mod alive;
mod availability;
mod carried;
mod check;
mod clone_login;
mod establish;
mod fault;
mod follow;
mod held;
mod keeper;
mod lend;
mod lending;
mod log_in;
mod login;
mod master;
mod page;
mod profile;
mod recovery;
mod register;
mod renewal;
mod right;
mod seal;
mod shared;
mod unsaved;
mod waits;
mod wish;

use fault::Fault;

pub(crate) use availability::Availability;
pub(crate) use carried::parts;
pub(crate) use check::logged_in;
pub(crate) use clone_login::{CloneLogin, NotLoggedIn};
pub(crate) use keeper::{Keeper, KeeperSetup, Sharing};
pub(crate) use lend::{Copied, Lent, NoSession};
pub(crate) use master::{Master, crashed};
