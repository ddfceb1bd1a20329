//! What can be told. The names are those of the statuses, as the API shows them.

use std::{fmt, str::FromStr};

use formhand_domain::Status;
use thiserror::Error;

/// What a message tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    /// A job has come to this status: `job.completed` and so on. One that failed before it was filed is told so only if
    /// nothing moves it on by itself.
    Job(Status),
    /// A job failed before it was filed, and is tried again by itself.
    RetryScheduled,
    /// A person is asked something.
    QuestionAsked,
}

/// A name is no kind of event.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{text:?} is no event: expected \"*\" or some of {}", names())]
pub struct UnknownEvent {
    /// The name, cut to a readable length.
    pub text: String,
}

impl EventKind {
    /// Every kind.
    pub fn all() -> impl Iterator<Item = Self> {
        let others = [Self::RetryScheduled, Self::QuestionAsked];
        Status::ALL.iter().copied().map(Self::Job).chain(others)
    }

    /// What is told if nothing else is said: how jobs end, and that a person has to find out.
    pub fn usual() -> impl Iterator<Item = Self> {
        let ends = |status: &&Status| {
            !matches!(
                status,
                Status::Pending | Status::Processing | Status::OnHold
            )
        };
        Status::ALL.iter().filter(ends).copied().map(Self::Job)
    }
}

impl fmt::Display for EventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Job(status) => write!(f, "job.{}", status.as_str()),
            Self::RetryScheduled => f.write_str("job.retry_scheduled"),
            Self::QuestionAsked => f.write_str("question.asked"),
        }
    }
}

impl FromStr for EventKind {
    type Err = UnknownEvent;

    fn from_str(text: &str) -> Result<Self, UnknownEvent> {
        let mut all = Self::all();
        all.find(|kind| kind.to_string() == text)
            .ok_or_else(|| UnknownEvent {
                text: text.chars().take(40).collect(),
            })
    }
}

fn names() -> String {
    let names: Vec<String> = EventKind::all().map(|kind| kind.to_string()).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_as_it_is_shown() {
        for kind in EventKind::all() {
            assert_eq!(kind.to_string().parse(), Ok(kind));
        }
        assert_eq!(EventKind::all().count(), Status::ALL.len() + 2);
        insta::assert_snapshot!("job.done".parse::<EventKind>().unwrap_err(), @r#""job.done" is no event: expected "*" or some of job.pending, job.processing, job.completed, job.completed_with_errors, job.failed_login_form, job.failed_post_submission, job.failed_validation, job.failed_duplicate, job.on_hold, job.needs_review, job.cancelled, job.retry_scheduled, question.asked"#);
    }

    #[test]
    fn the_usual_ones_are_how_jobs_end_and_what_a_person_has_to_find_out() {
        let usual: Vec<String> = EventKind::usual().map(|kind| kind.to_string()).collect();
        assert_eq!(
            usual.join(" "),
            "job.completed job.completed_with_errors job.failed_login_form job.failed_post_submission \
             job.failed_validation job.failed_duplicate job.needs_review job.cancelled"
        );
    }
}
