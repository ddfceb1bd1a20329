//! Handing over all that is in a file, to be kept in another database from then on.
//!
//! It happens in one transaction that holds the file's write lock from the first row to the mark that the store is moved.
//! So what is handed over is one state, and nothing can be added to it before the mark.

mod accounts;
mod audit;
mod chain;
mod file;
mod jobs;
mod moves;
mod outcomes;
mod questions;
mod session_events;
mod slates;
mod starts;
mod stream;
mod totals;
mod webhooks;

pub(crate) use file::Export;
pub(crate) use moves::Move;
pub(super) use moves::refuse_moved;
