//! The chain over the audit: giving numbers and bonds, and reading them.

mod act;
mod append;
mod backend;
mod begin;
mod read;

pub(super) use act::note;
pub(super) use append::{bind, head, next};
pub(super) use begin::begin;
pub(super) use read::{bond_of, read_act, salt};
