//! The Chrome `DevTools` protocol over a pair of pipes: calls, answers and events, and nothing about what they mean.

mod connection;
mod error;
mod message;
mod traffic;

pub(crate) use connection::Handler;
pub use connection::{Connection, Pending};
pub use error::CallError;
pub use message::Event;
pub use traffic::Traffic;
