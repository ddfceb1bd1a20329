//! The API against a real store, the binary as a person runs it, and the binary as it dies. The API needs no browser.

#![expect(clippy::unwrap_used, reason = "the helpers of tests may panic")]

mod alerts;
mod api;
mod binary;
mod cli;
mod crash;
mod dashboard;
mod deploy;
mod masking;
mod traces;
mod webhooks;
