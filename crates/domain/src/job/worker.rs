//! What the server that holds a job's lease may say.

use jiff::{SignedDuration, Timestamp};

use super::{
    event::JobEvent,
    recover::{Ended, after_failure},
    refusal::Refusal,
    state::{End, Job, JobState, Progress},
};
use crate::{FencingToken, Lease};

impl Job {
    pub(super) fn worker_says(
        self,
        token: FencingToken,
        event: JobEvent,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        let JobState::Processing {
            lease,
            progress,
            started_at,
            taken_over,
        } = self.state.clone()
        else {
            return Err(self.stale(token));
        };
        if self.fence != token {
            return Err(self.stale(token));
        }
        match event {
            JobEvent::Renew { expires_at } => {
                let lease = renewed(lease, expires_at, now)?;
                Ok(self.in_state(JobState::Processing {
                    lease,
                    progress,
                    started_at,
                    taken_over,
                }))
            }
            JobEvent::HandBack { token, .. } => self.page_handed_back(token, &event),
            JobEvent::Arm { .. } if taken_over.is_some() => {
                Err(self.illegal(&event, "a person has its page"))
            }
            JobEvent::Reject { .. }
            | JobEvent::Complete { .. }
            | JobEvent::Fail { .. }
            | JobEvent::Release { .. } => self.attempt_ends(progress, event, now),
            event => {
                // Who has a page loses it with it.
                let taken_over = taken_over.filter(|_| !matches!(event, JobEvent::Restart));
                let progress = self.step(progress, &lease, event, now)?;
                Ok(self.in_state(JobState::Processing {
                    lease,
                    progress,
                    started_at,
                    taken_over,
                }))
            }
        }
    }

    /// How far the attempt is after an event that does not end it.
    fn step(
        &self,
        progress: Progress,
        lease: &Lease,
        event: JobEvent,
        now: Timestamp,
    ) -> Result<Progress, Refusal> {
        match (event, progress) {
            (JobEvent::EnterForm, Progress::Session)
            | (JobEvent::Disarm, Progress::Armed { .. }) => Ok(Progress::LoginForm),
            (JobEvent::Restart, Progress::Session | Progress::LoginForm) => Ok(Progress::Session),
            (JobEvent::Arm { margin, session }, Progress::LoginForm) => {
                require(lease, now, margin)?;
                Ok(Progress::Armed {
                    armed_at: now,
                    session,
                })
            }
            (
                JobEvent::Cross {
                    fingerprint,
                    margin,
                },
                Progress::Armed { session, .. },
            ) => {
                require(lease, now, margin)?;
                Ok(Progress::Crossed {
                    crossed_at: now,
                    fingerprint,
                    session,
                })
            }
            (JobEvent::Receive { receipt }, Progress::Crossed { .. }) => Ok(Progress::Filed {
                filed_at: now,
                receipt,
            }),
            (event, _) => Err(self.illegal(&event, NOT_THERE)),
        }
    }

    fn attempt_ends(
        self,
        progress: Progress,
        event: JobEvent,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        match (event, progress) {
            (JobEvent::Reject { failure }, Progress::Crossed { fingerprint, .. }) => {
                let end = End::Rejected {
                    fingerprint,
                    failure: failure.last_word(),
                };
                Ok(self.finished(end, now))
            }
            (JobEvent::Complete { optional_failure }, Progress::Filed { receipt, .. }) => {
                let end = match optional_failure {
                    None => End::Completed { receipt },
                    Some(failure) => End::CompletedWithErrors {
                        receipt,
                        failure: failure.last_word(),
                    },
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
                let ended = Ended {
                    progress,
                    attempts: self.attempts,
                    failure,
                    retry,
                    random,
                };
                Ok(self.in_state(after_failure(ended, now)))
            }
            (JobEvent::Release { due_at }, Progress::Session | Progress::LoginForm) => Ok(Self {
                attempts: self.attempts.saturating_sub(1),
                state: JobState::Pending { due_at },
                ..self
            }),
            (event, _) => Err(self.illegal(&event, NOT_THERE)),
        }
    }

    /// What is said with that token is of an earlier claim.
    pub(super) fn stale(&self, given: FencingToken) -> Refusal {
        Refusal::StaleToken {
            given,
            current: self.fence,
        }
    }
}

const NOT_THERE: &str = "the attempt is not at that point";

fn renewed(lease: Lease, expires_at: Timestamp, now: Timestamp) -> Result<Lease, Refusal> {
    // A lease that ended may already be another's to take; it never comes back to life.
    if lease.expired(now) {
        return Err(Refusal::LeaseTooShort {
            expires_at: lease.expires_at,
            margin: SignedDuration::ZERO,
        });
    }
    Ok(Lease {
        expires_at: expires_at.max(lease.expires_at),
        ..lease
    })
}

fn require(lease: &Lease, now: Timestamp, margin: SignedDuration) -> Result<(), Refusal> {
    // No margin, however it is reckoned, makes an ended lease good for a submit.
    if !lease.expired(now) && lease.lasts(now, margin) {
        Ok(())
    } else {
        Err(Refusal::LeaseTooShort {
            expires_at: lease.expires_at,
            margin,
        })
    }
}
