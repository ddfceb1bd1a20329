//! How many jobs there are, and how they ended by hour, kept without a document that all writers would meet at.
//!
//! Every change of a job says in its audit entry where the job stood and where it stands ([`moved`]). Whoever works on the
//! store folds entries into the counts, in the order of their numbers, each once: the document of the counts says up to which
//! number it is, and is written on the condition that it still is as it was read ([`kept`], [`fold`]). Nobody waits for that:
//! who asks reads the counts and adds what is not in them yet ([`read`]), so what was answered is always counted.
//!
//! A job that is removed takes its entries with it. So they are folded before, and what is to be taken off is left in a
//! document of its own, in the transaction that removes the job ([`removal`]).

mod fold;
mod kept;
mod make;
mod moved;
mod news;
mod outcomes;
mod read;
mod removal;

pub(super) use fold::{fold_behind, start as start_folding};
pub(super) use make::{make, replace};
pub(super) use moved::Moved;
pub(super) use outcomes::{copied_document, outcomes};
pub(super) use read::cells;
pub(super) use removal::document as removal;
