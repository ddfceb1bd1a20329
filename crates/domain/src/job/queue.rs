//! What the queue itself may say: claims, taking over what a dead server left, and forgetting what is old.

use jiff::Timestamp;

use super::{
    event::JobEvent,
    recover::{Ended, RecoveryRule, after_failure, worker_lost},
    refusal::Refusal,
    state::{Job, JobState, Progress},
};
use crate::{FencingToken, Lease, RetryPolicy};

impl Job {
    pub(super) fn queue_says(self, event: JobEvent, now: Timestamp) -> Result<Self, Refusal> {
        match event {
            JobEvent::Claim { lease } => self.claimed(lease, now),
            JobEvent::LeaseEnded {
                retry,
                random,
                rule,
            } => self.lease_ended(retry, random, rule, now),
            JobEvent::Forget => self.forgotten(now),
            event => Err(Refusal::NotForWriter {
                event: event.name(),
            }),
        }
    }

    fn claimed(self, lease: Lease, now: Timestamp) -> Result<Self, Refusal> {
        let due = self.due_at().is_some_and(|due_at| due_at <= now);
        if !due || lease.token != self.fence.next() {
            let why = "only a due job can be claimed, with its next token";
            return Err(self.illegal(&JobEvent::Claim { lease }, why));
        }
        Ok(Self {
            attempts: self.attempts + 1,
            fence: lease.token,
            state: JobState::Processing {
                lease,
                progress: Progress::Session,
                started_at: now,
                taken_over: None,
            },
            ..self
        })
    }

    fn lease_ended(
        self,
        retry: RetryPolicy,
        random: f64,
        rule: RecoveryRule,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
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
        may_be_taken(&lease, self.fence, rule, now)?;
        let ended = Ended {
            failure: worker_lost(&lease, &progress),
            progress,
            attempts: self.attempts,
            retry,
            random,
        };
        Ok(self.in_state(after_failure(ended, now)))
    }
}

fn may_be_taken(
    lease: &Lease,
    current: FencingToken,
    rule: RecoveryRule,
    now: Timestamp,
) -> Result<(), Refusal> {
    match rule {
        // The job was recovered and claimed again since its owner was found dead: this lease is another's.
        RecoveryRule::OwnerDead { token: given } if given != current => {
            Err(Refusal::StaleToken { given, current })
        }
        RecoveryRule::Expired if !lease.expired(now) => Err(Refusal::LeaseAlive {
            owner: lease.owner.to_string(),
            expires_at: lease.expires_at,
        }),
        RecoveryRule::OwnerDead { .. } | RecoveryRule::Expired => Ok(()),
    }
}
