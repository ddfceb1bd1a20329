//! What every store must do, and what SQLite must do beside.

#![expect(
    clippy::unwrap_used,
    reason = "these are tests, also where a helper of theirs is no test function"
)]

mod apply;
mod audit;
mod backend;
mod chain;
mod claim;
mod copy;
mod crash;
mod ended;
mod file;
mod filter;
mod given;
mod keep;
mod list;
mod login;
mod many;
mod node;
mod notes;
mod outcomes;
mod pace;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod power;
mod question;
mod recover;
mod retry;
mod schema;
mod sealed;
mod search;
mod session;
mod session_event;
mod share;
mod signals;
mod slate;
mod source;
mod stats;
mod submit;
mod told;
mod webhook;
mod wish;
mod words;
