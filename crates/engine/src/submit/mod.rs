//! The submit protocol: arm, gate, receipt.

mod answer;
mod desk;
mod gate;
mod late;
mod patterns;
mod words;
mod writer;

pub(crate) use answer::{Answer, matched, read_response};
pub(crate) use desk::SubmitDesk;
pub(crate) use gate::{GateEvent, JobGate};
pub(crate) use late::Late;
pub(crate) use patterns::commit_patterns;
pub(crate) use words::FailureWords;
pub(crate) use writer::{JobWriter, WriteError};
