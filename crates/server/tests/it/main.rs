//! The API against a real store and the binary as a person runs it. No browser is needed here.

mod api;
mod cli;
