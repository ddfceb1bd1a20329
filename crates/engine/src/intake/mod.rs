//! A record becomes a job, or is refused with a pointer to each bad field.

mod error;
mod submit;

pub use error::IntakeError;
pub use submit::{Accepted, Intake, Submission};
