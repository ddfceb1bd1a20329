//! What is wrong with a definition, where, and what would be right.

mod list;
mod nearest;
mod source;

pub use list::{Diagnostic, Diagnostics};
pub(crate) use nearest::{list_names, nearest, suggest};
pub(crate) use source::{FileId, Files, Span};
