//! How many jobs there are, and how they ended.

use std::collections::BTreeMap;

use formhand_domain::{AccountKey, PortalName, Status};
use jiff::Timestamp;

/// How many jobs there are of each status. Every status is there, also with zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stats {
    /// Jobs by status.
    pub by_status: BTreeMap<Status, u64>,
    /// Of the jobs with status `failed_login_form`, those that wait for another attempt.
    pub waiting_for_retry: u64,
    /// The same of each account that has a job.
    pub by_account: BTreeMap<AccountKey, Counts>,
}

impl Stats {
    /// All jobs.
    pub fn total(&self) -> u64 {
        self.by_status.values().sum()
    }

    /// The share of filed jobs among those that ended; see [`Counts::success_rate`].
    pub fn success_rate(&self) -> Option<f64> {
        success_rate(&self.by_status, self.waiting_for_retry)
    }

    /// The counts of each portal that has a job.
    pub fn by_portal(&self) -> BTreeMap<PortalName, Counts> {
        let mut by_portal: BTreeMap<PortalName, Counts> = BTreeMap::new();
        for (account, counts) in &self.by_account {
            let of_portal = by_portal.entry(account.portal.clone()).or_default();
            of_portal.waiting_for_retry += counts.waiting_for_retry;
            for (status, jobs) in &counts.by_status {
                *of_portal.by_status.entry(*status).or_default() += jobs;
            }
        }
        by_portal
    }
}

/// How many jobs of one portal or account there are of each status. Every status is there, also with zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// Jobs by status.
    pub by_status: BTreeMap<Status, u64>,
    /// Of the jobs with status `failed_login_form`, those that wait for another attempt.
    pub waiting_for_retry: u64,
}

impl Default for Counts {
    fn default() -> Self {
        Self {
            by_status: Status::ALL.iter().map(|status| (*status, 0)).collect(),
            waiting_for_retry: 0,
        }
    }
}

impl Counts {
    /// All jobs.
    pub fn total(&self) -> u64 {
        self.by_status.values().sum()
    }

    /// The share of filed jobs among those that ended in a browser or before one, from 0 to 1.
    ///
    /// Jobs that wait or are worked on say nothing of success, so they are not counted; nor are records that were
    /// refused at intake or cancelled. Nothing when no job has ended.
    pub fn success_rate(&self) -> Option<f64> {
        success_rate(&self.by_status, self.waiting_for_retry)
    }
}

fn success_rate(by_status: &BTreeMap<Status, u64>, waiting_for_retry: u64) -> Option<f64> {
    let of = |status| by_status.get(&status).copied().unwrap_or(0);
    let filed = of(Status::Completed) + of(Status::CompletedWithErrors);
    let unfiled = of(Status::FailedLoginForm).saturating_sub(waiting_for_retry)
        + of(Status::FailedPostSubmission)
        + of(Status::NeedsReview);
    let ended = filed + unfiled;
    #[expect(clippy::cast_precision_loss, reason = "job counts stay far below 2^52")]
    (ended > 0).then(|| filed as f64 / ended as f64)
}

/// How many jobs of a portal ended with a status in one hour.
///
/// A job counts where it ended last; one that is tried again counts nowhere until it ends again. One that was removed
/// since then still counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct HourOutcomes {
    /// The full hour (UTC) that it began with.
    pub hour: Timestamp,
    /// The portal.
    pub portal: PortalName,
    /// The status that the jobs ended with.
    pub status: Status,
    /// How many; never zero.
    pub jobs: u64,
}
