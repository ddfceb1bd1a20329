//! What happened, in order: the proof that a test reads.

mod book;
mod entry;

pub(crate) use book::Book;
pub use entry::{EndReason, Entry, Event, LoginOutcome, Payment, Save, SessionEnd};
