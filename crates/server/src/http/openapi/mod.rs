//! The description of the API, in OpenAPI 3.1. What it says is true by construction or by test: roles come from the
//! table of routes, schemas from the types that are sent, every route of the API has to be described, and the answers
//! of all tests of the API are compared with it.
//!
//! To describe a new route, add it to the file of its group in [`operations`].

mod document;
mod operation;
mod operations;
mod parameter;
mod problems;
mod schemas;
mod show;
mod strict;
#[cfg(test)]
mod tests;
mod time;

pub use document::document;
pub(super) use show::show;
pub(super) use strict::check as strict;
pub(crate) use time::Time;
