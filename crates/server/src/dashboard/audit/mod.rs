//! The audit: who did what, to which job or beside it, and whether all of it is as it was written.

mod proof;
mod row;
mod show;

pub(super) use show::show;
