//! The store on SQLite: one file, one writing thread, a few reading connections.
//!
//! Nothing outside this folder knows SQL.

mod account;
mod audit;
mod backend;
mod chain;
mod db;
mod error;
mod export;
#[cfg(test)]
mod full_disk;
mod job;
mod migrate;
mod node;
mod open;
mod question;
mod reader;
mod run;
mod seal;
mod session_event;
mod slate;
mod webhook;
mod writer;

use crate::{json, time};

pub(crate) use export::{Export, Move};
pub use open::SqliteStore;
pub(crate) use seal::reseal;
