//! A page of jobs.

use formhand_domain::Status;
use mongodb::bson::{Document, doc};

use super::{super::collections::Collections, row};
use crate::{Cursor, JobFilter, JobPage, StoreError};

/// The most jobs on one page: records are a few kilobytes each, and nobody reads more at once.
const LONGEST: u32 = 500;

/// A page, newest first.
///
/// Each status has its jobs in order in an index, and the database merges those of several, so that no filter makes it
/// sort or scan.
pub(in super::super) async fn list(
    store: &Collections,
    filter: &JobFilter,
    after: Option<Cursor>,
    limit: u32,
) -> Result<JobPage, StoreError> {
    let limit = limit.clamp(1, LONGEST);
    let wanted = wanted(filter);
    let mut page = wanted.clone();
    if let Some(Cursor(id)) = after {
        page.insert("_id", doc! { "$lt": id.to_string() });
    }
    let jobs = async {
        let found = store
            .jobs
            .find(page)
            .sort(doc! { "_id": -1 })
            // One more than asked for tells whether there is a next page.
            .limit(row::limit(limit + 1)?)
            .await?;
        row::jobs(found).await
    };
    let total = async { Ok(store.jobs.count_documents(wanted).await?) };
    let (mut jobs, total) = tokio::try_join!(jobs, total)?;
    let more = jobs.len() > limit as usize;
    jobs.truncate(limit as usize);
    let next = jobs.last().filter(|_| more).map(|job| Cursor(job.id));
    Ok(JobPage { jobs, next, total })
}

fn wanted(filter: &JobFilter) -> Document {
    let mut wanted = Document::new();
    if let Some(portal) = &filter.portal {
        wanted.insert("portal", portal.as_str());
    }
    // Also where any will do, for then an index holds those of a portal in order.
    if !filter.statuses.is_empty() || filter.portal.is_some() {
        let all = Status::ALL.iter().copied();
        let statuses =
            all.filter(|status| filter.statuses.is_empty() || filter.statuses.contains(status));
        let statuses: Vec<&str> = statuses.map(Status::as_str).collect();
        wanted.insert("status", doc! { "$in": statuses });
    }
    wanted
}
