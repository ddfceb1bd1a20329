//! The store on MongoDB, for several servers.
//!
//! Every change is one write of one document, so nothing is held open over a network: a server that dies or stands
//! still in the middle of anything leaves no lock behind. What SQLite does in a transaction is done here so:
//!
//! - A job carries the audit entries of its own changes until they have got their number in the collection `audit`
//!   ([`audit`]), and with it their link ([`chain`]).
//! - A claim is noted in its account's document before the job is changed, and whoever comes next finishes what
//!   another began ([`job`], `claim.rs`).
//! - How many jobs there are follows from the audit, and is folded together by whoever works here ([`counts`]).
//! - What belongs to an account is one document, so a fenced write compares the token where it writes ([`account`]).

mod account;
mod audit;
mod backend;
mod chain;
mod collections;
mod counts;
mod document;
mod error;
mod import;
mod job;
mod node;
mod open;
mod question;
mod right;
mod schema;
mod seal;
mod session_event;
mod signals;
mod slate;
mod source;
mod webhook;
mod within;

pub(crate) use import::{Import, Mark, Place, Stage};
pub use open::MongoStore;
pub(crate) use seal::reseal;
