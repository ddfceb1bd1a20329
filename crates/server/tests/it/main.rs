//! The API against a real store and the binary as a person runs it. No browser is needed here.

#![expect(clippy::unwrap_used, reason = "the helpers of tests may panic")]

mod api;
mod cli;
