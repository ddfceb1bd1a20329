//! What every backend decides alike, apart from how it is written.

mod entry;
mod intake;
mod place;
mod session;
mod take;

pub(crate) use entry::entry;
pub(crate) use intake::{check_new, duplicate};
pub(crate) use place::Place;
pub(crate) use session::{active_now, cold, never_made, saved};
pub(crate) use take::take;
