//! The rules: pure functions from what is known and the time to what somebody should know.
//!
//! One rule a file. Nothing here reads anything; see [`super::facts`].

mod account_down;
mod account_needs_person;
mod audit_broken;
mod disk_full;
mod finding;
mod job_success;
mod job_waiting;
mod name;
mod outcome_unknown;
mod question_waiting;
mod recoveries_frequent;
mod recovery_exhausted;
mod recovery_success;
mod server_silent;
mod set;
mod share;
mod subject;
#[cfg(test)]
mod tests;
mod unknown_words;
mod webhook_failing;

pub use account_down::AccountDown;
pub use account_needs_person::AccountNeedsPerson;
pub use audit_broken::AuditBroken;
pub use disk_full::DiskFull;
pub use finding::Finding;
pub use job_success::JobSuccess;
pub use job_waiting::JobWaiting;
pub use name::{RuleName, Severity, UnknownRule};
pub use outcome_unknown::OutcomeUnknown;
pub use question_waiting::QuestionWaiting;
pub use recoveries_frequent::RecoveriesFrequent;
pub use recovery_exhausted::RecoveryExhausted;
pub use recovery_success::RecoverySuccess;
pub use server_silent::ServerSilent;
pub use set::{Lasting, Rules};
pub use subject::Subject;
pub use unknown_words::UnknownWords;
pub use webhook_failing::WebhookFailing;
