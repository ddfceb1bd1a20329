//! A page, with its total.

use std::collections::BTreeSet;

use formhand_domain::{Job, JobId};
use mongodb::bson::{Bson, Document, doc};

use super::{
    super::{super::collections::Collections, row, stats},
    filter::ids,
    way::{Counted, LOOKED, Way},
};
use crate::{Cursor, JobFilter, JobPage, StoreError, Total, contract::COUNTED, rules};

/// The most jobs on one page: records are a few kilobytes each, and nobody reads more at once.
const LONGEST: u32 = 500;

/// A page, newest first.
pub(in super::super::super) async fn list(
    store: &Collections,
    filter: &JobFilter,
    after: Option<Cursor>,
    limit: u32,
) -> Result<JobPage, StoreError> {
    let limit = limit.clamp(1, LONGEST);
    let filter = &*store.seal.filter(filter)?;
    let counted = counted(store, filter).await?;
    let way = Way::of(store, filter, &counted).await?;
    // The first page and the total look at the same jobs.
    let first = if filter.is_counted() && after.is_some() {
        None
    } else {
        Some(Part::of(store, filter, &way, None).await?)
    };
    let part = match (&first, after) {
        (Some(first), None) => first.clone(),
        _ => Part::of(store, filter, &way, after).await?,
    };
    let total = async {
        match first {
            Some(first) if !filter.is_counted() => total(store, &way, first).await,
            _ => Ok(Total::Exactly(counted.jobs)),
        }
    };
    let page = page(store, &way, part, limit);
    let ((jobs, next), total) = tokio::try_join!(page, total)?;
    Ok(JobPage { jobs, next, total })
}

/// How many jobs are of the statuses, the portal and the account of a filter, where it matters.
async fn counted(store: &Collections, filter: &JobFilter) -> Result<Counted, StoreError> {
    let has_key = filter.caller_id.is_some() || filter.business_key.is_some();
    let is_looked_at = filter.flow.is_some() || filter.text.is_some() || filter.account.is_some();
    if !filter.is_counted() && (has_key || !is_looked_at) {
        return Ok(Counted {
            jobs: u64::MAX,
            portals: Vec::new(),
        });
    }
    let counts = stats::counted(store).await?;
    let accounts = counts.iter().map(|(cell, _)| &cell.account);
    let of_name = accounts.filter(|account| Some(&account.account) == filter.account.as_ref());
    let portals: BTreeSet<String> = of_name.map(|account| account.portal.to_string()).collect();
    let counts = counts.iter().map(|(cell, jobs)| (cell, *jobs));
    Ok(Counted {
        jobs: rules::counted(counts, filter),
        portals: portals.into_iter().collect(),
    })
}

async fn page(
    store: &Collections,
    way: &Way,
    part: Part,
    limit: u32,
) -> Result<(Vec<Job>, Option<Cursor>), StoreError> {
    let found = store
        .jobs
        .find(part.query)
        .sort(doc! { "_id": -1 })
        .hint(way.hint())
        .projection(doc! { "format": 1, "job": 1 })
        // One more than asked for tells whether there is a next page.
        .limit(row::limit(limit + 1)?)
        .await?;
    let mut jobs = row::jobs(&store.seal, found).await?;
    let more = jobs.len() > limit as usize;
    jobs.truncate(limit as usize);
    let next = if more {
        jobs.last().map(|job| job.id)
    } else {
        part.end
    };
    Ok((jobs, next.map(Cursor)))
}

/// Counts one by one.
async fn total(store: &Collections, way: &Way, part: Part) -> Result<Total, StoreError> {
    let found = store
        .jobs
        .count_documents(part.query)
        .hint(way.hint())
        .limit(u64::from(COUNTED) + 1)
        .await?;
    Ok(if found > u64::from(COUNTED) || part.end.is_some() {
        Total::AtLeast(found.min(u64::from(COUNTED)))
    } else {
        Total::Exactly(found)
    })
}

/// What is looked at in one go.
#[derive(Clone)]
struct Part {
    query: Document,
    /// The last job of it, if there may be more behind it.
    end: Option<JobId>,
}

impl Part {
    async fn of(
        store: &Collections,
        filter: &JobFilter,
        way: &Way,
        after: Option<Cursor>,
    ) -> Result<Self, StoreError> {
        let mut query = way.wanted.clone();
        let mut ids = ids(filter, after);
        let mut end = None;
        if way.is_long {
            end = last(store, way, ids.as_ref()).await?;
            if let Some(end) = end {
                // It is behind where the filter begins, for it was found so.
                ids.get_or_insert_default().insert("$gte", end.to_string());
            }
        }
        if let Some(ids) = ids {
            query.insert("_id", ids);
        }
        Ok(Self { query, end })
    }
}

/// The last of as many jobs as are looked at; nothing if there are fewer.
async fn last(
    store: &Collections,
    way: &Way,
    ids: Option<&Document>,
) -> Result<Option<JobId>, StoreError> {
    let mut query = way.ordered.clone();
    if let Some(ids) = ids {
        query.insert("_id", Bson::from(ids.clone()));
    }
    let found = store
        .jobs
        .find_one(query)
        .sort(doc! { "_id": -1 })
        .hint(way.hint())
        .projection(doc! { "_id": 1 })
        .skip(u64::from(LOOKED) - 1)
        .await?;
    found.as_ref().map(row::id).transpose()
}
