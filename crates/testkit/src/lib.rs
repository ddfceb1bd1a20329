//! What the tests of several crates share: a practice portal with an engine on it, and invented customers.
//!
//! Development only. Everything in it is real: the browser, the store, the portal's pages. It panics where a test
//! would, with a message that says what was waited for.

#![expect(clippy::missing_panics_doc, reason = "a test fails by panicking")]

mod customer;
mod portal;
mod world;

pub use customer::{Customer, chassis};
pub use portal::{practice_portal, repository};
pub use world::{World, WorldOptions, finished};
