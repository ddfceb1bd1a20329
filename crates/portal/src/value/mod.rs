//! Values that are made from a record: `{{ record.firstName }}`.
//!
//! A value travels only as data. It is never pasted into a selector or into script text.

mod convert;
mod error;
mod filter;
mod language;
mod scope;
mod template;
mod token;

pub use error::ValueError;
pub(crate) use filter::valid_words;
pub use language::{CodeLists, Language};
pub use scope::Scope;
pub use template::{Expression, Template};
pub(crate) use token::{Token, tokens};
