//! What a checked mapping says. Everything here is complete and consistent: a document is all that is needed to apply it.

mod account;
mod condition;
mod convert;
mod mapping;
mod path;
mod reads;
mod rule;

pub(super) use account::AccountRule;
pub(super) use condition::{Condition, Demand};
pub(super) use convert::{Convert, DateRule, Kind, ReadDate, Scale};
pub use mapping::Mapping;
pub(super) use mapping::Places;
pub use path::DocumentPath;
pub(super) use rule::{Field, Reading, Shape, Source, Take};
