//! A job: one record that is to be filed once.

mod event;
mod recover;
mod state;
mod transition;
mod wire;

pub use event::{JobEvent, Writer};
pub use recover::RecoveryRule;
pub use state::{Commit, End, Job, JobState, NewJob, Progress, Receipt};
pub use transition::{IllegalTransition, Refusal};
pub use wire::{Outcome, Stage, Status};
