//! A server: its clock, whether it runs, and the attempt that it works on.

use formhand_domain::NodeId;
use jiff::SignedDuration;

use crate::attempt::Attempt;

/// A server.
pub(crate) struct Node {
    pub(crate) id: NodeId,
    pub(crate) condition: Condition,
    /// How far its clock is off.
    pub(crate) skew: SignedDuration,
    pub(crate) attempt: Option<Attempt>,
}

/// Whether a server runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Condition {
    Running,
    /// It stands still, as after SIGSTOP or on a machine that sleeps.
    Paused,
    Dead,
}
