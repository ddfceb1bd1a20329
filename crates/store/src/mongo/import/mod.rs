//! Taking over all that another database held.
//!
//! A mark in `meta` says that it is under way: no server opens the database then ([`mark`]). One that had it open before
//! can change nothing: the collections of jobs and accounts take no writes but those of the copy
//! ([`schema::close`](super::schema::close)).

mod account;
mod clear;
mod insert;
mod mark;
mod start;
mod target;
mod totals;

pub(super) use mark::refuse_unfinished;
pub(crate) use mark::{Mark, Stage};
pub(crate) use target::{Import, Place};
