//! A definition file becomes a checked [`Portal`], or diagnostics that say where and what would be right.
//!
//! Pure: it reads no file, opens no socket and drives no browser. Reading the file (and the one it extends) is the
//! caller's, through a function that is passed in. The same holds for a [`mapping`], by which documents of a business's
//! own database become records.

mod check;
pub mod diagnostic;
mod load;
pub mod mapping;
pub mod model;
mod parse;
mod raw;
pub mod record;
mod schema;
pub mod value;

pub use diagnostic::{Diagnostic, Diagnostics};
pub use load::{LoadOptions, load};
pub use model::*;
pub use schema::json_schema;
