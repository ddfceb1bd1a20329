//! What a database has to know of a job beside the job itself: for its indexes, and to repeat the invariants.

use formhand_domain::Job;

use crate::{StoreError, time};

/// The facts that follow from a job and change over its life.
#[derive(PartialEq)]
pub(crate) struct Place<'a> {
    pub(crate) status: &'static str,
    pub(crate) attempts: u32,
    pub(crate) fence: i64,
    pub(crate) due_at: Option<i64>,
    pub(crate) search_at: Option<i64>,
    pub(crate) finished_at: Option<i64>,
    pub(crate) lease_owner: Option<&'a str>,
    pub(crate) lease_expires_at: Option<i64>,
    pub(crate) holds_key: bool,
    pub(crate) forgotten: bool,
}

impl<'a> Place<'a> {
    pub(crate) fn of(job: &'a Job) -> Result<Self, StoreError> {
        let fence = i64::try_from(job.fence.0)
            .map_err(|_| StoreError::Backend("a fencing token beyond 2^63".into()))?;
        Ok(Self {
            status: job.status().as_str(),
            attempts: job.attempts,
            fence,
            due_at: job.due_at().map(time::stored),
            search_at: job.search_at().map(time::stored),
            finished_at: job.finished_at().map(time::stored),
            lease_owner: job.lease().map(|lease| lease.owner.as_str()),
            lease_expires_at: job.lease().map(|lease| time::stored(lease.expires_at)),
            holds_key: job.holds_business_key(),
            forgotten: job.forgotten_at().is_some(),
        })
    }
}
