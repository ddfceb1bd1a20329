//! A person takes over the page of a job that is worked on, and hands it back. While that lasts, nothing can be submitted.

use std::fmt;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    event::JobEvent,
    refusal::Refusal,
    state::{Job, JobState, Progress},
};
use crate::FencingToken;

/// Who has the page of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TakenOver {
    /// Who, as the audit shows it.
    pub by: String,
    /// Since when.
    #[schemars(with = "String", extend("format" = "date-time"))]
    pub since: Timestamp,
}

/// What a person did in a page, in numbers: what was typed is written nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Acts {
    /// Clicks, keys, texts and the like.
    pub count: u32,
    /// Requests and documents that were refused meanwhile: those that file the form, and those of foreign origins.
    pub refused_count: u32,
}

/// How a take-over ended, if the attempt goes on or ends by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandBack {
    /// The steps go on where they halted.
    GoOn,
    /// The step that failed is tried again.
    TryAgain,
    /// The person did nothing for too long.
    Idle,
    /// It lasted longer than it may.
    TooLong,
    /// The session, the browser or the server ended.
    CutOff,
}

impl HandBack {
    fn words(self) -> &'static str {
        match self {
            Self::GoOn => "the steps went on",
            Self::TryAgain => "the step was tried again",
            Self::Idle => "nothing was done for too long",
            Self::TooLong => "it lasted longer than it may",
            Self::CutOff => "it was cut off",
        }
    }
}

impl fmt::Display for Acts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.count == 1 { "act" } else { "acts" };
        write!(f, "{} {plural}", self.count)?;
        if self.refused_count > 0 {
            write!(f, ", {} refused", self.refused_count)?;
        }
        Ok(())
    }
}

impl JobEvent {
    /// What the audit says beside an event's name; nothing for most. Never a value of a record, nor what was typed.
    pub fn note(&self) -> Option<String> {
        match self {
            Self::HandBack { acts, how, .. } => Some(format!("{acts}; {}", how.words())),
            Self::GiveUp { acts, reason, .. } => Some(format!("{acts}; given up: {reason}")),
            _ => None,
        }
    }
}

impl Job {
    /// Who has its page, if somebody has.
    pub fn taken_over(&self) -> Option<&TakenOver> {
        match &self.state {
            JobState::Processing { taken_over, .. } => taken_over.as_ref(),
            _ => None,
        }
    }

    pub(super) fn page_taken(
        self,
        name: &str,
        token: FencingToken,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        let why = match &self.state {
            JobState::Processing { .. } if self.fence != token => return Err(self.stale(token)),
            JobState::Processing {
                taken_over: Some(_),
                ..
            } => "somebody has its page already",
            JobState::Processing {
                progress: Progress::LoginForm,
                ..
            } => {
                let by = name.to_owned();
                return Ok(self.with_page_of(Some(TakenOver { by, since: now })));
            }
            JobState::Processing {
                progress: Progress::Session,
                ..
            } => "it has no page of a form yet",
            JobState::Processing { .. } => {
                "its form is being submitted, or was: nobody may come between"
            }
            _ => "only the page of a job that is worked on can be taken over",
        };
        Err(self.illegal(&JobEvent::TakeOver { token }, why))
    }

    /// A person says it, or the server that works on the job.
    pub(super) fn page_handed_back(
        self,
        token: FencingToken,
        event: &JobEvent,
    ) -> Result<Self, Refusal> {
        if self.fence != token {
            return Err(self.stale(token));
        }
        if self.taken_over().is_none() {
            return Err(self.illegal(event, NOBODY_HAS_IT));
        }
        Ok(self.with_page_of(None))
    }

    /// The attempt ends, unspent, and the job waits for people.
    pub(super) fn given_up(
        self,
        name: &str,
        token: FencingToken,
        event: &JobEvent,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        if self.fence != token {
            return Err(self.stale(token));
        }
        if self.taken_over().is_none() {
            return Err(self.illegal(event, NOBODY_HAS_IT));
        }
        Ok(Self {
            attempts: self.attempts.saturating_sub(1),
            state: JobState::OnHold {
                by: name.to_owned(),
                since: now,
            },
            ..self
        })
    }

    fn with_page_of(self, holder: Option<TakenOver>) -> Self {
        let state = match self.state {
            JobState::Processing {
                lease,
                progress,
                started_at,
                ..
            } => JobState::Processing {
                lease,
                progress,
                started_at,
                taken_over: holder,
            },
            state => state,
        };
        Self { state, ..self }
    }
}

const NOBODY_HAS_IT: &str = "nobody has its page";
