//! Reading many jobs.

use formhand_domain::{
    AccountName, BusinessKey, CallerId, FlowName, Job, JobId, PortalName, Status,
};
use jiff::Timestamp;

use super::SearchText;

/// Which jobs. Everything that is given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JobFilter {
    /// One of these; empty means any.
    pub statuses: Vec<Status>,
    /// Of this portal.
    pub portal: Option<PortalName>,
    /// Filed under an account of this name.
    pub account: Option<AccountName>,
    /// Of a flow of this name.
    pub flow: Option<FlowName>,
    /// Made at this time or later, as their ids say: to the millisecond.
    pub from: Option<Timestamp>,
    /// Made before this time, as their ids say: to the millisecond.
    pub until: Option<Timestamp>,
    /// Handed in with this id of the caller.
    pub caller_id: Option<CallerId>,
    /// Of this business case.
    pub business_key: Option<BusinessKey>,
    /// With all these words.
    pub text: Option<SearchText>,
}

impl JobFilter {
    /// The ids that the times allow: at or behind the first, and before the second.
    pub(crate) fn ids(&self) -> (Option<JobId>, Option<JobId>) {
        // The smallest id of its millisecond.
        let first = |time: Timestamp| JobId::new(time, 0);
        (self.from.map(first), self.until.map(first))
    }

    /// Whether the kept counts say how many jobs it holds.
    pub(crate) fn is_counted(&self) -> bool {
        self.flow.is_none()
            && self.from.is_none()
            && self.until.is_none()
            && self.caller_id.is_none()
            && self.business_key.is_none()
            && self.text.is_none()
    }

    /// The statuses that it allows.
    pub(crate) fn statuses(&self) -> Vec<Status> {
        let all = Status::ALL.iter().copied();
        all.filter(|status| self.statuses.is_empty() || self.statuses.contains(status))
            .collect()
    }
}

/// A place in the list of jobs, newest first: the last job that was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor(pub JobId);

/// A page of the list.
#[derive(Debug, Clone)]
pub struct JobPage {
    /// The jobs, newest first. There may be fewer than were asked for, or none, though there is a next page: only so many
    /// jobs are looked at for one page.
    pub jobs: Vec<Job>,
    /// Where the next page begins; nothing on the last one.
    pub next: Option<Cursor>,
    /// How many jobs the filter holds in all.
    pub total: Total,
}

/// How many jobs a filter holds.
///
/// By status, portal and account it is exact. What else is asked for has to be counted, and that is done up to a thousand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Total {
    /// So many.
    Exactly(u64),
    /// So many, and perhaps more: nobody has counted further.
    AtLeast(u64),
}

/// How many jobs are counted one by one for a total.
pub(crate) const COUNTED: u32 = 1_000;

impl Total {
    /// The number.
    pub fn count(self) -> u64 {
        match self {
            Self::Exactly(count) | Self::AtLeast(count) => count,
        }
    }

    /// Whether there are no more.
    pub fn is_exact(self) -> bool {
        matches!(self, Self::Exactly(_))
    }
}
