//! The one function that moves a job. Pure, total over state and event, and able to refuse.

use jiff::Timestamp;

use super::{
    event::{JobEvent, Writer},
    refusal::Refusal,
    state::{End, Job, JobState},
};

impl Job {
    /// The job after `event`, or why it refuses.
    pub fn apply(self, writer: &Writer, event: JobEvent, now: Timestamp) -> Result<Self, Refusal> {
        match writer {
            Writer::Worker { token } => self.worker_says(*token, event, now),
            Writer::Queue => self.queue_says(event, now),
            Writer::Searcher { token } => self.searcher_says(*token, event, now),
            Writer::Person { name } => self.person_says(name, event, now),
        }
    }

    pub(super) fn in_state(self, state: JobState) -> Self {
        Self { state, ..self }
    }

    pub(super) fn finished(self, end: End, now: Timestamp) -> Self {
        self.in_state(JobState::finished(end, now))
    }
}
