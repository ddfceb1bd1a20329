//! Why a job does not take an event.

use jiff::{SignedDuration, Timestamp};
use thiserror::Error;

use super::{event::JobEvent, state::Job};
use crate::{FencingToken, Status};

/// The event does not fit the job's state.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("a job that is {status} (stage {stage}) cannot take {event:?}: {why}")]
pub struct IllegalTransition {
    /// The job's status.
    pub status: Status,
    /// Its stage, or `none`.
    pub stage: &'static str,
    /// The event's name.
    pub event: &'static str,
    /// What would have to be so.
    pub why: &'static str,
}

/// Why a job does not take an event.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The event does not fit the job's state.
    #[error(transparent)]
    Illegal(#[from] IllegalTransition),
    /// The writer's lease is over or was given to another, or what is said is of an earlier attempt.
    #[error("stale fencing token {}: the job's last claim has {}", given.0, current.0)]
    StaleToken {
        /// The writer's token.
        given: FencingToken,
        /// The job's.
        current: FencingToken,
    },
    /// Too little is left of the lease to submit.
    #[error("the lease ends at {expires_at}, which leaves less than {margin:#} to submit")]
    LeaseTooShort {
        /// The lease's end.
        expires_at: Timestamp,
        /// What must be left.
        margin: SignedDuration,
    },
    /// The lease is still valid, so its owner may still act.
    #[error("the lease of {owner} is valid until {expires_at}")]
    LeaseAlive {
        /// Its owner.
        owner: String,
        /// Its end.
        expires_at: Timestamp,
    },
    /// This writer may not say this.
    #[error("{event:?} is not for this writer")]
    NotForWriter {
        /// The event's name.
        event: &'static str,
    },
}

impl Job {
    pub(super) fn illegal(&self, event: &JobEvent, why: &'static str) -> Refusal {
        Refusal::Illegal(IllegalTransition {
            status: self.status(),
            stage: self.stage().map_or("none", |stage| stage.as_str()),
            event: event.name(),
            why,
        })
    }
}
