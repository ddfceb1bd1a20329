//! What every backend decides alike, apart from how it is written.

mod entry;
mod hour;
mod intake;
mod place;
mod session;
mod stats;
mod take;
mod unreadable;
mod words;

pub(crate) use entry::entry;
pub(crate) use hour::{hour, hours};
pub(crate) use intake::{check_new, duplicate};
pub(crate) use place::Place;
pub(crate) use session::{active_now, cold, never_made, saved};
pub(crate) use stats::{Cell, counted, stats};
pub(crate) use take::take;
pub(crate) use unreadable::{aside, readable};
pub(crate) use words::{has_other_words, words_of_job, words_of_text};
