//! A record becomes a job, or is refused with a pointer to each bad field. Some come from collections of the business.

mod error;
mod prepare;
mod submit;
mod watch;

pub use error::IntakeError;
pub use submit::{Accepted, Intake, Submission};
pub use watch::{
    IntakeWatch, NoSources, QUEUE_FIELDS, Retried, SourceDesk, SourceDeskError, SourceHere,
    SourceState, SourceStatus, WatchSetup,
};
