//! `POST /api/jobs/retry`, `cancel`, `hold`, `release` and `resolve`: what a person may want of one job, for many in one
//! request. A request that cannot be read is refused as a whole, before any job is touched. After that each job has its
//! own result: one that refuses keeps no other from being asked.

mod act;
mod choice;
mod filter;
pub(super) mod order;
mod report;
pub(super) mod resolve;

pub(crate) use act::{cancel, hold, release, retry};
pub(crate) use filter::object as filter_object;
pub(crate) use report::{Report, ResultOfJob};
pub(crate) use resolve::resolve;

/// As many jobs as one request may touch, and as the store lists at once.
pub(crate) const MOST: u32 = 500;

/// So many are asked at the same time: a store that commits in groups is quicker with company.
const AT_ONCE: usize = 16;
