//! What can be made to go wrong, and when it does.

mod behaviour;
mod fault;
mod name;
mod set;
mod step;

pub(crate) use behaviour::behaviours;
pub use fault::{Fault, FaultError, Match, Phase};
pub use name::FaultName;
pub(crate) use set::{FaultSet, Moment};
pub use step::Step;
