//! The words that jobs are found by: written with the job, and put into the index many at once.

mod index;
mod upgrade;
mod write;

pub(in super::super) use index::{all, index};
pub(in super::super) use upgrade::upgrade;
pub(super) use write::{insert, update};
