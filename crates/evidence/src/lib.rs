//! What is kept of an attempt, masked before it is written.
//!
//! A kept file is named by job and attempt alone: no name, key or record value is ever part of a path.

mod folder;
mod mask;

pub use folder::{Evidence, EvidenceError};
pub use mask::{Area, MaskError, paint};
