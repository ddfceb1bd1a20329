//! The one server that delivers: it makes what happened durable as deliveries, and sends them until they are taken.
//!
//! Each webhook has a loop of its own, so that none waits for another.

mod clean;
mod endpoint;
mod make;
mod round;
mod run;
mod schedule;
mod send;
mod turn;

pub use endpoint::{Tried, TriedResult};
pub use round::Deliverer;
pub use schedule::SCHEDULE;

pub(super) use endpoint::Endpoint;
pub(super) use send::change;
