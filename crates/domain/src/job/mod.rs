//! A job: one record that is to be filed once.

mod event;
mod facts;
mod forget;
mod judge;
mod person;
mod queue;
mod recover;
mod refusal;
mod searcher;
mod settle;
mod state;
mod takeover;
mod transition;
mod wire;
mod worker;

pub use event::{JobEvent, Writer};
pub use judge::{Judgement, SearchCase, SearchRules, Sight, WhenNotFound};
pub use recover::RecoveryRule;
pub use refusal::{IllegalTransition, Refusal};
pub use settle::{Settlement, Undone};
pub use state::{Commit, End, Job, JobState, NewJob, Progress, Receipt, Search};
pub use takeover::{Acts, HandBack, TakenOver};
pub use wire::{Outcome, Stage, Status};
