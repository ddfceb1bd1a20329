//! A mapping is applied to a document. All that is wrong with the document is told at once.

mod condition;
mod convert;
mod date;
mod find;
mod identity;
mod map;
mod number;
mod record;
mod wanted;

pub(super) use wanted::one_of;
