//! Reading many jobs.

use std::collections::BTreeMap;

use formhand_domain::{Job, JobId, PortalName, Status};

/// Which jobs. Everything that is given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JobFilter {
    /// One of these; empty means any.
    pub statuses: Vec<Status>,
    /// Of this portal.
    pub portal: Option<PortalName>,
}

/// A place in the list of jobs, newest first: the last job that was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor(pub JobId);

/// A page of the list.
#[derive(Debug, Clone)]
pub struct JobPage {
    /// The jobs, newest first.
    pub jobs: Vec<Job>,
    /// Where the next page begins; nothing on the last one.
    pub next: Option<Cursor>,
    /// How many jobs the filter holds in all.
    pub total: u64,
}

/// How many jobs there are of each status. Every status is there, also with zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stats {
    /// Jobs by status.
    pub by_status: BTreeMap<Status, u64>,
    /// Of the jobs with status `failed_login_form`, those that wait for another attempt.
    pub waiting_for_retry: u64,
}

impl Stats {
    /// All jobs.
    pub fn total(&self) -> u64 {
        self.by_status.values().sum()
    }

    /// The share of filed jobs among those that ended in a browser or before one, from 0 to 1.
    ///
    /// Jobs that wait or are worked on say nothing of success, so they are not counted; nor are records that were
    /// refused at intake or cancelled. Nothing when no job has ended.
    pub fn success_rate(&self) -> Option<f64> {
        let of = |status| self.by_status.get(&status).copied().unwrap_or(0);
        let filed = of(Status::Completed) + of(Status::CompletedWithErrors);
        let unfiled = of(Status::FailedLoginForm).saturating_sub(self.waiting_for_retry)
            + of(Status::FailedPostSubmission)
            + of(Status::NeedsReview);
        let ended = filed + unfiled;
        #[expect(clippy::cast_precision_loss, reason = "job counts stay far below 2^52")]
        (ended > 0).then(|| filed as f64 / ended as f64)
    }
}
