//! What there is to do, and how far it is done.

use formhand_store::{EndedJob, EndedJobs};
use jiff::{SignedDuration, Timestamp};

use crate::Retention;

/// One thing that is done with jobs of one kind once they are old.
pub(super) struct Chore {
    pub(super) task: Task,
    pub(super) which: EndedJobs,
    pub(super) kept_for: SignedDuration,
    /// The job that was looked at last.
    pub(super) seen: Option<EndedJob>,
}

/// What is done with an old job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    /// Its pictures and texts are removed.
    RemovePictures,
    /// What it was made of is forgotten.
    Forget,
    /// It is removed.
    Remove,
}

impl Chore {
    /// All that these rules ask for.
    pub(super) fn of(rules: Retention) -> Vec<Self> {
        let all = [
            (Task::RemovePictures, EndedJobs::Filed, rules.evidence),
            (Task::RemovePictures, EndedJobs::Unfiled, rules.evidence),
            (Task::Remove, EndedJobs::Unfiled, rules.unfiled),
            (Task::Forget, EndedJobs::Filed, rules.records),
        ];
        let asked = all.into_iter().filter_map(|(task, which, kept_for)| {
            Some(Self {
                task,
                which,
                kept_for: kept_for?,
                seen: None,
            })
        });
        asked.collect()
    }

    /// What ended before this is old.
    pub(super) fn old_before(&self, now: Timestamp) -> Timestamp {
        now.saturating_sub(self.kept_for).unwrap_or(Timestamp::MIN)
    }

    /// When a job that ended then is old.
    pub(super) fn due_at(&self, ended_at: Timestamp) -> Timestamp {
        ended_at
            .saturating_add(self.kept_for)
            .unwrap_or(Timestamp::MAX)
    }

    /// Where a round begins. Of what was forgotten or removed the store knows; of pictures only who removed them.
    pub(super) fn begin(&mut self) {
        if self.task != Task::RemovePictures {
            self.seen = None;
        }
    }
}

impl Task {
    /// What was done with so many jobs, for the log.
    pub(super) fn done(self) -> &'static str {
        match self {
            Self::RemovePictures => "looked through the evidence of old jobs",
            Self::Forget => "forgot what old filed jobs were made of",
            Self::Remove => "removed old jobs that were not filed",
        }
    }
}
