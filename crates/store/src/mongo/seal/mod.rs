//! Sealing the database: what it says of its seal, and sealing what is in it.

mod documents;
mod mark;
mod whole;

pub(super) use mark::settle;
pub(crate) use whole::reseal;
