//! The mapping file as it is written: shapes only. The editor's schema is made from these types.

mod account;
mod convert;
mod file;
mod ordered;
mod path;
mod rule;

pub(crate) use account::Account;
pub(crate) use convert::{As, Blank, Date, Scalar};
pub(crate) use file::{Condition, Mapping};
pub(crate) use ordered::Ordered;
pub(crate) use path::{Path, Written};
pub(crate) use rule::{LongRule, Rule};
