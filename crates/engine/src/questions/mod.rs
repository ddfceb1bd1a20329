//! Asks a person. A question waits in the store and is answered there, by the command line or the API.

mod ask;

pub(crate) use ask::{AskError, Asker, PATIENCE};
