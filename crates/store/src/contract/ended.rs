//! Jobs that ended, as they are read by who removes what is old.

use formhand_domain::JobId;
use jiff::Timestamp;

/// A job that ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndedJob {
    /// Which.
    pub id: JobId,
    /// When.
    pub at: Timestamp,
}

/// Which of the jobs that ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndedJobs {
    /// Those that were filed and are not forgotten.
    Filed,
    /// Those that were not filed.
    Unfiled,
}
