//! A real MongoDB replica set of one member on this machine, for tests, `formhand demo` and `formhand chaos`.
//!
//! It can be killed, paused, started again on the same data, and told to fail commands. It ends with its owner, even when
//! the owner is killed.
//!
//! This is no way to run MongoDB in production: it asks nobody for a password, its test commands are on, and one member
//! survives no lost disk. It must not know jobs or the store.

mod connect;
mod error;
mod fail;
mod find;
mod home;
mod log;
mod port;
mod process;
mod set;

pub use error::MongodError;
pub use fail::{FailCommand, FailMode, Failing, Failure};
pub use find::find;
pub use set::ReplicaSet;
