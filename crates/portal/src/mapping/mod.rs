//! Documents become records: a mapping file says how, and applying it is pure.
//!
//! A business keeps its customers in a `MongoDB` collection of its own. A mapping declares which of its documents are
//! ready, and where each field of a record comes from. Nothing is guessed and nothing is made up: what a mapping does not
//! say of a document is a [`Problem`], never a default. Watching the collection is not done here, and no driver is known:
//! documents come as JSON in `MongoDB`'s relaxed extended form.

mod against;
mod apply;
mod check;
mod load;
mod mapped;
mod model;
mod raw;
mod schema;
mod unmapped;
mod value;

pub use load::load;
pub use mapped::Mapped;
pub use model::{DocumentPath, Mapping};
pub use schema::json_schema;
pub use unmapped::{Problem, Unmapped, Unmet};
