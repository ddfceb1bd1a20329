//! The filters of the template language.
//!
//! There is no `default`: a value that the record lacks is never made up.

mod date;
mod map;
mod text;

pub(super) use date::date;
pub(super) use map::map;
pub(crate) use map::valid_words;
pub(super) use text::{digits, lower, trim, tuple, upper};
