//! What a person may say.

use jiff::Timestamp;

use super::{
    event::JobEvent,
    refusal::Refusal,
    state::{End, Job, JobState},
};
use crate::{Failure, FailureCode, Outcome};

impl Job {
    pub(super) fn person_says(
        self,
        name: &str,
        event: JobEvent,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        match event {
            JobEvent::Hold => self.held(name, now),
            JobEvent::Unhold => self.unheld(now),
            JobEvent::Cancel { reason } => self.cancelled(name, reason, now),
            JobEvent::Retry => self.retried(now),
            JobEvent::Verify => self.verify_wished(now),
            JobEvent::TakeOver { token } => self.page_taken(name, token, now),
            JobEvent::HandBack { token, .. } => self.page_handed_back(token, &event),
            JobEvent::GiveUp { token, .. } => self.given_up(name, token, &event, now),
            JobEvent::Settle { settlement } => self.settled(name, settlement, now),
            event => Err(Refusal::NotForWriter {
                event: event.name(),
            }),
        }
    }

    fn held(self, name: &str, now: Timestamp) -> Result<Self, Refusal> {
        if self.due_at().is_none() {
            return Err(self.illegal(&JobEvent::Hold, "only a job that waits can be held"));
        }
        Ok(self.in_state(JobState::OnHold {
            by: name.to_owned(),
            since: now,
        }))
    }

    fn unheld(self, now: Timestamp) -> Result<Self, Refusal> {
        if matches!(self.state, JobState::OnHold { .. }) {
            Ok(self.in_state(JobState::Pending { due_at: now }))
        } else {
            Err(self.illegal(&JobEvent::Unhold, "the job is not on hold"))
        }
    }

    fn cancelled(self, name: &str, reason: String, now: Timestamp) -> Result<Self, Refusal> {
        if self.due_at().is_some() || matches!(self.state, JobState::OnHold { .. }) {
            let message = format!("cancelled by {name}: {reason}");
            let failure = Failure::new(FailureCode::Cancelled, message);
            Ok(self.finished(End::Cancelled { failure }, now))
        } else {
            let why = "only a job that waits or is on hold can be cancelled";
            Err(self.illegal(&JobEvent::Cancel { reason }, why))
        }
    }

    fn retried(self, now: Timestamp) -> Result<Self, Refusal> {
        let again = match &self.state {
            JobState::RetryWait { .. } => true,
            JobState::Finished { end, .. } => {
                self.outcome() == Outcome::NotSubmitted
                    && !matches!(end, End::Invalid { .. } | End::Duplicate { .. })
            }
            _ => false,
        };
        if !again {
            let why = "only a job that ended and provably was not filed can be tried again; \
                       a record that was refused is handed in anew";
            return Err(self.illegal(&JobEvent::Retry, why));
        }
        Ok(Self {
            attempts: 0,
            state: JobState::Pending { due_at: now },
            ..self
        })
    }
}
