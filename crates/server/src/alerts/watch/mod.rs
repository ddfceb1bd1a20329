//! The one server that watches, and what every server can say of it.

mod desk;
mod paper;
mod round;
mod run;

pub use desk::{AlertDesk, NewSilence, Tried};
pub use round::Watcher;
