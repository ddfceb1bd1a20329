//! Small texts that servers write down for one another.

mod backend;
mod read;
mod write;
