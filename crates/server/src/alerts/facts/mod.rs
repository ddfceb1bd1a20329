//! What is known: read from the store, so that the rules have nothing to read.

mod disk;
mod gather;
mod jobs;
mod known;
mod recoveries;
mod review;
mod webhooks;

pub use disk::FreeSpace;
pub(crate) use gather::Gatherer;
pub use known::{
    EndedJob, Facts, OpenQuestion, RecoveryTry, SeenServer, SeenWebhook, SpentRecovery,
    UnknownOutcome, UnknownPhrase,
};
