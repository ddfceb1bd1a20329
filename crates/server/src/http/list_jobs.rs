//! `GET /api/jobs?status=&portal=&limit=&cursor=`

use axum::{Json, extract::State};
use formhand_domain::{JobId, PortalName, Status};
use formhand_store::{Cursor, JobFilter};
use serde::Serialize;

use super::{ApiState, JobView, Problem, names::malformed, query::Query};

/// Jobs of a page when the client does not say.
const DEFAULT_LIMIT: u32 = 50;

/// The store gives no more at once.
const MAX_LIMIT: u32 = 500;

/// A page of jobs, newest first.
#[derive(Serialize)]
pub(super) struct Page {
    jobs: Vec<JobView>,
    /// For the next page's `cursor`; null on the last one.
    next: Option<JobId>,
    /// How many jobs the filter holds in all.
    total: u64,
}

/// One page of the list.
pub(super) async fn list(
    State(state): State<ApiState>,
    query: Query,
) -> Result<Json<Page>, Problem> {
    let query = query.only(&["status", "portal", "limit", "cursor"])?;
    let filter = JobFilter {
        statuses: statuses(&query)?,
        portal: query
            .one("portal")?
            .map(PortalName::new)
            .transpose()
            .map_err(malformed)?,
    };
    let after = query.one("cursor")?.map(cursor).transpose()?;
    let page = state.store.jobs(filter, after, limit(&query)?).await?;
    Ok(Json(Page {
        jobs: page.jobs.iter().map(JobView::brief).collect(),
        next: page.next.map(|Cursor(id)| id),
        total: page.total,
    }))
}

/// `status=a&status=b` and `status=a,b` mean the same.
fn statuses(query: &Query) -> Result<Vec<Status>, Problem> {
    query
        .all("status")
        .flat_map(|text| text.split(','))
        .map(|name| {
            name.parse::<Status>()
                .map_err(|error| Problem::bad_request("unknown_status", format!("status {error}")))
        })
        .collect()
}

fn cursor(text: &str) -> Result<Cursor, Problem> {
    let malformed = |_| {
        Problem::bad_request(
            "invalid_parameter",
            "cursor must be the `next` of another page",
        )
    };
    text.parse().map(Cursor).map_err(malformed)
}

fn limit(query: &Query) -> Result<u32, Problem> {
    match query.number("limit")? {
        None => Ok(DEFAULT_LIMIT),
        Some(limit) if (1..=MAX_LIMIT).contains(&limit) => Ok(limit),
        Some(limit) => Err(Problem::bad_request(
            "invalid_parameter",
            format!("limit {limit} is out of range: expected 1 to {MAX_LIMIT}"),
        )),
    }
}
