//! Records from collections of a business: a real MongoDB, and no browser.

#![expect(
    clippy::unwrap_used,
    reason = "these are tests, also where a helper of theirs is no test function"
)]

mod errors;
mod history;
mod kills;
mod process;
mod quarantine;
mod queue;
mod scene;
mod server;
mod servers;
mod speed;
mod watching;
mod write_back;
