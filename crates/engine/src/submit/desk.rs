//! What a submit step needs of its attempt.

use std::sync::Arc;

use formhand_domain::Generation;
use jiff::SignedDuration;

use super::{JobGate, JobWriter};

/// The gate of an attempt and the pen that records what happens there.
#[derive(Clone)]
pub(crate) struct SubmitDesk {
    pub(crate) gate: Arc<JobGate>,
    pub(crate) writer: JobWriter,
    pub(crate) margin: SignedDuration,
    /// The login whose session the job works with; nothing if it has logged in by itself.
    pub(crate) session: Option<Generation>,
}
