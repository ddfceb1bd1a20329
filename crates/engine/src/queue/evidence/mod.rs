//! Keeps the proof of what an attempt or a search has seen and done. What must not be seen is blanked before it is
//! written. Nothing here ever changes what becomes of a job.

mod journal;
mod log;
mod page;
mod picture;
mod receipt;
mod seen;
mod timeline;

pub(super) use receipt::{Filing, keep_receipt};
pub(super) use seen::{Seen, failure_words, sensitive};
