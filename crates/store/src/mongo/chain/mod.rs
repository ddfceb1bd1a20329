//! The chain over the audit, which is the collection `audit` itself: each document holds its link.
//!
//! A link is made where a number is given, behind the last document that a majority has: that one stays, so whatever is
//! inserted under the next number follows from it, also after the primary has changed. Of several who take the same number
//! one is first, and the others look again.

mod act;
mod backend;
mod begin;
mod document;
mod last;
mod read;

pub(super) use act::note;
pub(super) use begin::begin;
pub(super) use document::{DIGEST, SALT, act_document, binary, bond_fields, stub};
pub(super) use last::last;
