//! A frame: where elements are found, waited for and read.

mod child;
mod condition;
mod error;
mod handle;
mod library;
mod look;
mod position;
mod read;
mod script;
mod settle;
mod wait;

pub use condition::{Condition, Hit, ValueMatch};
pub use error::WaitError;
pub use handle::Frame;
pub(crate) use library::{ASK, LIBRARY, WORLD};
pub(crate) use position::Place;
pub use read::{Read, ReadWhat};
pub(crate) use script::ScriptError;
