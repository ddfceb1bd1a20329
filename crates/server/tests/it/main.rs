//! The API against a real store, the binary as a person runs it, and the binary as it dies. Only the last needs
//! browsers.

#![expect(clippy::unwrap_used, reason = "the helpers of tests may panic")]

mod api;
mod cli;
mod crash;
