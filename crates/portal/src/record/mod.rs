//! What a record must look like.

mod build;
mod date;
mod fields;
mod message;
mod row;
mod rules;
mod words;

pub use date::parse_date;
pub use rules::{FieldError, RecordRules};

pub(crate) use build::SchemaFault;
pub(crate) use date::parse_dmy;
pub(crate) use fields::{Fields, Found};
