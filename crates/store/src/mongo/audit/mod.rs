//! The audit: what happened to jobs, in order.
//!
//! An entry is written into its job, in the same write as the change that it tells of. Then it gets its number: it is
//! copied into the collection `audit` under the next one that is free, and taken out of the job. Numbers are given one
//! after the other, and the next only when the last is there, so whoever reads the collection in their order misses
//! nothing.

mod entry;
mod number;
mod read;
mod task;

pub(super) use entry::{Unnumbered, entry};
pub(super) use number::{last_number, number_all, number_outboxes};
pub(super) use read::{after, before, history};
pub(super) use task::{Numbering, start as start_numbering};
