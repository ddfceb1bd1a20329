//! What the tests of several crates share: a practice portal with an engine on it, and invented customers.
//!
//! Development only. Everything in it is real: the browser, the store, the portal's pages. It panics where a test
//! would, with a message that says what was waited for.

#![expect(clippy::missing_panics_doc, reason = "a test fails by panicking")]

mod blueprint;
mod customer;
mod host;
mod last_steps;
mod options;
mod peer;
mod portal;
mod processes;
mod watching;
mod world;

pub use customer::{Customer, chassis};
pub use last_steps::last_steps;
pub use options::{Adapt, WorldOptions};
pub use peer::Peer;
pub use portal::{flow_of, hopeless_step, limit_steps, practice_portal, repository, submit_of};
pub use watching::finished;
pub use world::World;
