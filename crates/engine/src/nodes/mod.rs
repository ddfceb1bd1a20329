//! What this server says of itself to the others that work on the same store, and what is wanted of it.

mod announcer;
mod at_work;
mod paused;

pub(crate) use announcer::Announcer;
pub(crate) use at_work::AtWork;
pub(crate) use paused::Paused;
