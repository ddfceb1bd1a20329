//! What a record must look like.

mod date;
mod rules;

pub use date::parse_date;
pub use rules::{FieldError, RecordRules};
