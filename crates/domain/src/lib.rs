//! The language of Formhand: jobs, attempts, leases, the submit protocol and sessions, with their transitions.
//!
//! Nothing here does I/O, reads a clock or draws a random number. Whatever a transition depends on is passed in,
//! so that the store, the engine and a simulation all run the very same rules.

pub mod account;
pub mod clock;
pub mod failure;
mod hex;
pub mod ids;
pub mod job;
pub mod lease;
mod names;
pub mod retry;
pub mod secret;

pub use clock::{Clock, ManualClock, SystemClock};
pub use failure::{Failure, FailureCode, FailureType, FieldMismatch, WhoActs};
pub use hex::{hex, unhex};
pub use ids::{
    AccountKey, AccountName, BusinessKey, CallerId, FlowName, Generation, IdempotencyKey, JobId,
    NodeId, PortalName, QuestionId, RecoveryId, SourceName, WebhookName,
};
pub use job::{
    Acts, Commit, End, HandBack, IllegalTransition, Job, JobEvent, JobState, NewJob, Outcome,
    Progress, Receipt, RecoveryRule, Refusal, Search, SearchRules, Settlement, Stage, Status,
    TakenOver, Undone, WhenNotFound, Writer,
};
pub use lease::{FencingToken, Lease};
pub use names::UnknownName;
pub use retry::RetryPolicy;
pub use secret::Secret;
