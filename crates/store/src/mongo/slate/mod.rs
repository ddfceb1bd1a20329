//! Small texts that servers write down for one another. A document each, under its name.

mod backend;
mod read;
mod write;
