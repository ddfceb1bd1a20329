//! Sealing the file: what it says of its seal, and sealing what is in it.

mod mark;
mod rows;
mod whole;

pub(super) use mark::{as_found, settle};
pub(crate) use whole::reseal;
