//! `GET /api/jobs`: a page of the jobs that fit all that is asked for.

use axum::{Json, extract::State};
use formhand_domain::{AccountName, BusinessKey, CallerId, FlowName, JobId, PortalName, Status};
use formhand_store::{Cursor, JobFilter, SearchText};
use schemars::JsonSchema;
use serde::Serialize;

use super::{ApiState, JobView, Problem, names::malformed, query::Query};

/// Jobs of a page when the client does not say.
const DEFAULT_LIMIT: u32 = 50;

/// The store gives no more at once.
const MAX_LIMIT: u32 = 500;

/// What jobs may be asked for by.
pub(crate) const FILTERS: [&str; 9] = [
    "status",
    "portal",
    "account",
    "flow",
    "from",
    "until",
    "captchaId",
    "businessKey",
    "q",
];

/// All that a list takes: the filters, and the place in it.
pub(crate) fn parameters() -> Vec<&'static str> {
    FILTERS.into_iter().chain(["limit", "cursor"]).collect()
}

/// A page of jobs, newest first.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "JobPage")]
pub(super) struct Page {
    /// There may be fewer than `limit`, or none, though `next` is there: only so many are looked at for one page.
    jobs: Vec<JobView>,
    /// For the next page's `cursor`; null on the last one.
    next: Option<JobId>,
    /// How many jobs fit in all, as far as they were counted.
    total: u64,
    /// Whether there are no more than `total`.
    total_is_exact: bool,
}

/// One page of the list.
pub(super) async fn list(
    State(state): State<ApiState>,
    query: Query,
) -> Result<Json<Page>, Problem> {
    let query = query.only(&parameters())?;
    let filter = filter(&query)?;
    let after = cursor(&query)?;
    let page = state
        .store
        .jobs(filter, after, query.limit(DEFAULT_LIMIT, MAX_LIMIT)?)
        .await?;
    Ok(Json(Page {
        jobs: page.jobs.iter().map(JobView::brief).collect(),
        next: page.next.map(|Cursor(id)| id),
        total: page.total.count(),
        total_is_exact: page.total.is_exact(),
    }))
}

/// Which jobs the query asks for.
pub(crate) fn filter(query: &Query) -> Result<JobFilter, Problem> {
    let (from, until) = query.span()?;
    Ok(JobFilter {
        statuses: statuses(query)?,
        portal: name(query, "portal", PortalName::new)?,
        account: name(query, "account", AccountName::new)?,
        flow: name(query, "flow", FlowName::new)?,
        from,
        until,
        caller_id: name(query, "captchaId", CallerId::new)?,
        business_key: name(query, "businessKey", BusinessKey::new)?,
        text: query.one("q")?.map(text).transpose()?,
    })
}

/// A name or a key, by its own rules.
fn name<T>(
    query: &Query,
    parameter: &str,
    new: impl FnOnce(String) -> Result<T, formhand_domain::ids::InvalidId>,
) -> Result<Option<T>, Problem> {
    let given = query.one(parameter)?.map(str::to_owned);
    given.map(new).transpose().map_err(malformed)
}

fn text(text: &str) -> Result<SearchText, Problem> {
    SearchText::new(text)
        .map_err(|error| Problem::bad_request("invalid_parameter", format!("q: {error}")))
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

/// Where the page begins.
pub(crate) fn cursor(query: &Query) -> Result<Option<Cursor>, Problem> {
    let malformed = |_| {
        Problem::bad_request(
            "invalid_parameter",
            "cursor must be the `next` of another page",
        )
    };
    let id = query.one("cursor")?.map(str::parse).transpose();
    Ok(id.map_err(malformed)?.map(Cursor))
}
