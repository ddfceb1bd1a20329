//! What can be read off a job.

use std::fmt;

use jiff::Timestamp;

use super::state::{Commit, End, Job, JobState, Progress, Receipt};
use crate::{AccountKey, Failure, Generation, Lease};

impl Job {
    /// The account it is filed under.
    pub fn account_key(&self) -> AccountKey {
        AccountKey {
            portal: self.portal.clone(),
            account: self.account.clone(),
        }
    }

    /// The lease, while a server works on it.
    pub fn lease(&self) -> Option<&Lease> {
        match &self.state {
            JobState::Processing { lease, .. } => Some(lease),
            _ => None,
        }
    }

    /// When the queue may take it, if it may.
    pub fn due_at(&self) -> Option<Timestamp> {
        match &self.state {
            JobState::Pending { due_at } | JobState::RetryWait { due_at, .. } => Some(*due_at),
            _ => None,
        }
    }

    /// When the portal is searched for it, if it is and its definition can.
    pub fn search_at(&self) -> Option<Timestamp> {
        match &self.state {
            JobState::NeedsReview { search, .. } => search.next_at,
            _ => None,
        }
    }

    /// When it ended, if it did.
    pub fn finished_at(&self) -> Option<Timestamp> {
        match &self.state {
            JobState::Finished { at, .. } => Some(*at),
            _ => None,
        }
    }

    /// Since when nothing is known any more of what was filed.
    pub fn forgotten_at(&self) -> Option<Timestamp> {
        match &self.state {
            JobState::Finished { forgotten_at, .. } => *forgotten_at,
            _ => None,
        }
    }

    /// The last failure that still stands.
    pub fn failure(&self) -> Option<&Failure> {
        match &self.state {
            JobState::RetryWait { failure, .. } | JobState::NeedsReview { failure, .. } => {
                Some(failure)
            }
            JobState::Finished { end, .. } => match end {
                End::Completed { .. } => None,
                End::CompletedWithErrors { failure, .. }
                | End::FailedBeforeFiling { failure, .. }
                | End::Rejected { failure, .. }
                | End::SettledNotFiled { failure, .. }
                | End::FailedAfterFiling { failure, .. }
                | End::Invalid { failure }
                | End::Duplicate { failure, .. }
                | End::Cancelled { failure } => Some(failure),
            },
            _ => None,
        }
    }

    /// The portal's receipt, if the form was filed.
    pub fn receipt(&self) -> Option<&Receipt> {
        match &self.state {
            JobState::Processing {
                progress: Progress::Filed { receipt, .. },
                ..
            }
            | JobState::Finished {
                end:
                    End::Completed { receipt }
                    | End::CompletedWithErrors { receipt, .. }
                    | End::FailedAfterFiling { receipt, .. },
                ..
            } => Some(receipt),
            _ => None,
        }
    }

    /// Whether the job keeps its business key from others: it is alive, filed, or may have been filed.
    pub fn holds_business_key(&self) -> bool {
        match &self.state {
            JobState::Finished { end, .. } => matches!(
                end,
                End::Completed { .. }
                    | End::CompletedWithErrors { .. }
                    | End::FailedAfterFiling { .. }
            ),
            _ => true,
        }
    }
}

impl Commit {
    /// The login whose session the form was or may have been sent with.
    pub fn session(&self) -> Option<Generation> {
        match self {
            Self::Armed { session, .. } | Self::Crossed { session, .. } => *session,
        }
    }
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Record, label and key are personal data; `Debug` ends up in logs.
        f.debug_struct("Job")
            .field("id", &self.id)
            .field("portal", &self.portal)
            .field("status", &self.status())
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}
