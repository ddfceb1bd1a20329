//! The servers that work on one store.

mod announce;
mod drain;
mod list;

pub(super) use announce::announce;
pub(super) use drain::{drain, forget};
pub(super) use list::list;
