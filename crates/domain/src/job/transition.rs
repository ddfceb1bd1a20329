//! The one function that moves a job. Pure, total over state and event, and able to refuse.

use jiff::{SignedDuration, Timestamp};
use thiserror::Error;

use super::{
    event::{JobEvent, Writer},
    recover::{Ended, RecoveryRule, after_failure, worker_lost},
    state::{End, Job, JobState, Progress},
};
use crate::{Failure, FailureCode, FencingToken, Lease, Outcome, Status};

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
    /// The writer's lease is over or was given to another.
    #[error("stale fencing token {given:?}: the job's last claim is {current:?}")]
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
    /// The job after `event`, or why it refuses.
    pub fn apply(self, writer: &Writer, event: JobEvent, now: Timestamp) -> Result<Self, Refusal> {
        match writer {
            Writer::Worker { token } => {
                self.check_token(*token)?;
                self.worker_says(event, now)
            }
            Writer::Queue => self.queue_says(event, now),
            Writer::Person { name } => self.person_says(name, event, now),
        }
    }

    fn check_token(&self, given: FencingToken) -> Result<(), Refusal> {
        let held = self.lease().is_some() && self.fence == given;
        if held {
            Ok(())
        } else {
            Err(Refusal::StaleToken {
                given,
                current: self.fence,
            })
        }
    }

    fn worker_says(self, event: JobEvent, now: Timestamp) -> Result<Self, Refusal> {
        let JobState::Processing {
            lease,
            progress,
            started_at,
        } = self.state.clone()
        else {
            return Err(self.illegal(&event, "only a job in progress has a worker"));
        };
        let working = |job: Self, lease: Lease, progress: Progress| Self {
            state: JobState::Processing {
                lease,
                progress,
                started_at,
            },
            ..job
        };
        match (event, progress) {
            (JobEvent::Renew { expires_at }, progress) => {
                // A lease that ended may already be another's to take; it never comes back to life.
                if lease.expired(now) {
                    return Err(Refusal::LeaseTooShort {
                        expires_at: lease.expires_at,
                        margin: SignedDuration::ZERO,
                    });
                }
                let expires_at = expires_at.max(lease.expires_at);
                Ok(working(
                    self,
                    Lease {
                        expires_at,
                        ..lease
                    },
                    progress,
                ))
            }
            (JobEvent::EnterForm, Progress::Session) => {
                Ok(working(self, lease, Progress::LoginForm))
            }
            (JobEvent::Restart, Progress::Session | Progress::LoginForm) => {
                Ok(working(self, lease, Progress::Session))
            }
            (JobEvent::Arm { margin }, Progress::LoginForm) => {
                require(&lease, now, margin)?;
                Ok(working(self, lease, Progress::Armed { armed_at: now }))
            }
            (JobEvent::Disarm, Progress::Armed { .. }) => {
                Ok(working(self, lease, Progress::LoginForm))
            }
            (
                JobEvent::Cross {
                    fingerprint,
                    margin,
                },
                Progress::Armed { .. },
            ) => {
                require(&lease, now, margin)?;
                let progress = Progress::Crossed {
                    crossed_at: now,
                    fingerprint,
                };
                Ok(working(self, lease, progress))
            }
            (JobEvent::Receive { receipt }, Progress::Crossed { .. }) => Ok(working(
                self,
                lease,
                Progress::Filed {
                    filed_at: now,
                    receipt,
                },
            )),
            (JobEvent::Reject { failure }, Progress::Crossed { fingerprint, .. }) => Ok(self
                .finished(
                    End::Rejected {
                        fingerprint,
                        failure,
                    },
                    now,
                )),
            (JobEvent::Complete { optional_failure }, Progress::Filed { receipt, .. }) => {
                let end = match optional_failure {
                    None => End::Completed { receipt },
                    Some(failure) => End::CompletedWithErrors { receipt, failure },
                };
                Ok(self.finished(end, now))
            }
            (
                JobEvent::Fail {
                    failure,
                    retry,
                    random,
                },
                progress,
            ) => {
                let attempts = self.attempts;
                let ended = Ended {
                    progress,
                    attempts,
                    failure,
                    retry,
                    random,
                };
                Ok(Self {
                    state: after_failure(ended, now),
                    ..self
                })
            }
            (JobEvent::Release { due_at }, Progress::Session | Progress::LoginForm) => Ok(Self {
                attempts: self.attempts.saturating_sub(1),
                state: JobState::Pending { due_at },
                ..self
            }),
            (event, _) => Err(self.illegal(&event, "the attempt is not at that point")),
        }
    }

    fn queue_says(self, event: JobEvent, now: Timestamp) -> Result<Self, Refusal> {
        match event {
            JobEvent::Claim { lease } => match self.due_at() {
                Some(due_at) if due_at <= now && lease.token == self.fence.next() => Ok(Self {
                    attempts: self.attempts + 1,
                    fence: lease.token,
                    state: JobState::Processing {
                        lease,
                        progress: Progress::Session,
                        started_at: now,
                    },
                    ..self
                }),
                _ => {
                    let event = JobEvent::Claim { lease };
                    Err(self.illegal(&event, "only a due job can be claimed, with its next token"))
                }
            },
            JobEvent::LeaseEnded {
                retry,
                random,
                rule,
            } => {
                let JobState::Processing {
                    lease, progress, ..
                } = self.state.clone()
                else {
                    let event = JobEvent::LeaseEnded {
                        retry,
                        random,
                        rule,
                    };
                    return Err(self.illegal(&event, "only a job in progress has a lease"));
                };
                if rule == RecoveryRule::Expired && !lease.expired(now) {
                    return Err(Refusal::LeaseAlive {
                        owner: lease.owner.to_string(),
                        expires_at: lease.expires_at,
                    });
                }
                let failure = worker_lost(&lease, &progress);
                let attempts = self.attempts;
                let ended = Ended {
                    progress,
                    attempts,
                    failure,
                    retry,
                    random,
                };
                Ok(Self {
                    state: after_failure(ended, now),
                    ..self
                })
            }
            event => Err(Refusal::NotForWriter {
                event: event.name(),
            }),
        }
    }

    fn person_says(self, name: &str, event: JobEvent, now: Timestamp) -> Result<Self, Refusal> {
        match event {
            JobEvent::Hold if self.due_at().is_some() => {
                let state = JobState::OnHold {
                    by: name.to_owned(),
                    since: now,
                };
                Ok(Self { state, ..self })
            }
            JobEvent::Hold => {
                Err(self.illegal(&JobEvent::Hold, "only a job that waits can be held"))
            }
            JobEvent::Unhold if matches!(self.state, JobState::OnHold { .. }) => Ok(Self {
                state: JobState::Pending { due_at: now },
                ..self
            }),
            JobEvent::Unhold => Err(self.illegal(&JobEvent::Unhold, "the job is not on hold")),
            JobEvent::Cancel { reason } => {
                if self.due_at().is_some() || matches!(self.state, JobState::OnHold { .. }) {
                    let message = format!("cancelled by {name}: {reason}");
                    let failure = Failure::new(FailureCode::Cancelled, message);
                    Ok(self.finished(End::Cancelled { failure }, now))
                } else {
                    let event = JobEvent::Cancel { reason };
                    Err(self.illegal(
                        &event,
                        "only a job that waits or is on hold can be cancelled",
                    ))
                }
            }
            JobEvent::Retry => {
                let again = match &self.state {
                    JobState::RetryWait { .. } => true,
                    JobState::Finished { end, .. } => {
                        self.outcome() == Outcome::NotSubmitted
                            && !matches!(end, End::Invalid { .. } | End::Duplicate { .. })
                    }
                    _ => false,
                };
                if again {
                    Ok(Self {
                        attempts: 0,
                        state: JobState::Pending { due_at: now },
                        ..self
                    })
                } else {
                    let why = "only a job that ended and provably was not filed can be tried again; \
                               a record that was refused is handed in anew";
                    Err(self.illegal(&JobEvent::Retry, why))
                }
            }
            event => Err(Refusal::NotForWriter {
                event: event.name(),
            }),
        }
    }

    fn finished(self, end: End, now: Timestamp) -> Self {
        Self {
            state: JobState::Finished { at: now, end },
            ..self
        }
    }

    fn illegal(&self, event: &JobEvent, why: &'static str) -> Refusal {
        Refusal::Illegal(IllegalTransition {
            status: self.status(),
            stage: self.stage().map_or("none", |stage| stage.as_str()),
            event: event.name(),
            why,
        })
    }
}

fn require(lease: &Lease, now: Timestamp, margin: SignedDuration) -> Result<(), Refusal> {
    if lease.lasts(now, margin) {
        Ok(())
    } else {
        Err(Refusal::LeaseTooShort {
            expires_at: lease.expires_at,
            margin,
        })
    }
}
