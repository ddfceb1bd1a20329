//! Copies of a profile whose browser is stopped: for a second browser that is logged in as the first, and for backups.
//! It must not know what a copy is for, and decides nothing about how many are kept.

mod compare;
mod content;
mod copy;
mod error;
mod in_use;
mod partial;

pub use compare::verify_copy;
pub use copy::{ProfileCopy, copy_profile};
pub use error::{CopyError, Difference};
pub(crate) use in_use::{process_on, user_of};
