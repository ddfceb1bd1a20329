//! The store on SQLite: one file, one writing thread, a few reading connections.
//!
//! Nothing outside this folder knows SQL.

mod account;
mod audit;
mod backend;
mod error;
#[cfg(test)]
mod full_disk;
mod job;
mod json;
mod migrate;
mod open;
mod question;
mod reader;
mod session_event;
mod time;
mod writer;

pub use open::SqliteStore;
