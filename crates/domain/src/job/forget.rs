//! Forgetting what a filed job was made of.

use jiff::Timestamp;
use serde_json::Value;

use super::{
    event::JobEvent,
    refusal::Refusal,
    state::{Job, JobState},
};
use crate::Outcome;

impl Job {
    /// Only what was filed is forgotten: its keys stay, so that it is never filed again. A job that was not filed might be
    /// tried again; when that is over, it is removed as a whole.
    pub(super) fn forgotten(self, now: Timestamp) -> Result<Self, Refusal> {
        let filed = self.outcome() == Outcome::Submitted;
        match self.state.clone() {
            JobState::Finished {
                at,
                end,
                forgotten_at: None,
            } if filed => Ok(Self {
                label: String::new(),
                record: Value::Null,
                state: JobState::Finished {
                    at,
                    end,
                    forgotten_at: Some(now),
                },
                ..self
            }),
            _ => {
                let why = "only a job that was filed and ended is forgotten, and only once";
                Err(self.illegal(&JobEvent::Forget, why))
            }
        }
    }
}
