//! What a request says: which jobs, and why.

use axum::body::Bytes;
use formhand_domain::JobId;
use formhand_store::{Cursor, JobFilter};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    super::{
        Problem, Query, body, job_cursor, names::parse_job_id, problem::FieldProblem, wish::LINE,
    },
    MOST,
    filter::{self, FilterSchema},
};

/// What is asked of many jobs: of those with these ids, or of those that fit a filter.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "ManyJobs")]
pub(in crate::http) struct OrderBody {
    /// These jobs.
    #[schemars(with = "Option<Vec<JobId>>", length(min = 1, max = MOST), extend("uniqueItems" = true))]
    ids: Option<Vec<String>>,
    /// All jobs that fit, by the parameters of `GET /api/jobs`; `{}` is all there are.
    #[schemars(with = "Option<FilterSchema>")]
    filter: Option<Map<String, Value>>,
    /// Behind which job to go on: the `next` of the answer before.
    #[schemars(with = "Option<JobId>")]
    cursor: Option<String>,
    /// How many jobs of the filter at most.
    #[schemars(range(min = 1, max = MOST))]
    limit: Option<u32>,
    /// How many jobs the person was shown. If there are others now, nothing is done.
    expected: Option<u64>,
    /// Why, for the jobs' histories.
    #[schemars(length(min = 1, max = 500), extend("pattern" = LINE))]
    reason: Option<String>,
    /// Who, as the audit shows it.
    #[schemars(length(min = 1, max = 500), extend("pattern" = LINE))]
    by: Option<String>,
}

/// What is asked of many jobs, understood.
#[derive(Debug)]
pub(super) struct Order {
    pub(super) which: Which,
    pub(super) reason: Option<String>,
    pub(super) by: Option<String>,
}

/// Which jobs.
#[derive(Debug)]
pub(super) enum Which {
    /// These, in this order.
    These(Vec<JobId>),
    /// Those that fit, newest first.
    Fitting {
        filter: Box<JobFilter>,
        after: Option<Cursor>,
        limit: u32,
        expected: Option<u64>,
    },
}

impl Order {
    /// Reads it, or says what would be right.
    pub(super) fn read(bytes: &Bytes) -> Result<Self, Problem> {
        let body: OrderBody = body::read(bytes)?;
        let which = match (body.ids, body.filter) {
            (Some(ids), None) => {
                if body.cursor.is_some() || body.limit.is_some() || body.expected.is_some() {
                    return Err(malformed(
                        "cursor, limit and expected go with a filter, not with ids",
                    ));
                }
                Which::These(ids_of("/ids", "", &ids)?)
            }
            (None, Some(filter)) => Which::Fitting {
                filter: Box::new(filter::read(filter)?),
                after: after(body.cursor)?,
                limit: limit(body.limit)?,
                expected: body.expected,
            },
            (Some(_), Some(_)) => {
                return Err(malformed("give either ids or a filter, not both"));
            }
            (None, None) => {
                return Err(malformed(
                    "which jobs? Give \"ids\": [\"…\"], or \"filter\": {\"status\": \"…\"} with the parameters of GET \
                     /api/jobs",
                ));
            }
        };
        Ok(Self {
            which,
            reason: body.reason,
            by: body.by,
        })
    }
}

/// What is told before each thing that is wrong.
pub(super) const NOT_RIGHT: &str = "not all of it is right; no job was touched";

/// Ids, each of them once. They stand in the body in the list `before`, each at `behind` in its place.
pub(super) fn ids_of(before: &str, behind: &str, texts: &[String]) -> Result<Vec<JobId>, Problem> {
    if texts.is_empty() || texts.len() > MOST as usize {
        let why = format!("{} jobs: expected 1 to {MOST}", texts.len());
        return Err(malformed(&why));
    }
    let mut ids = Vec::with_capacity(texts.len());
    let mut errors = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        let pointer = format!("{before}/{index}{behind}");
        match parse_job_id(text) {
            Ok(id) if ids.contains(&id) => {
                errors.push(FieldProblem::new(pointer, "this job is in it twice"));
            }
            Ok(id) => ids.push(id),
            Err(problem) => errors.push(FieldProblem::new(pointer, problem.detail.clone())),
        }
    }
    if errors.is_empty() {
        return Ok(ids);
    }
    Err(malformed(NOT_RIGHT).with_errors(errors))
}

fn after(cursor: Option<String>) -> Result<Option<Cursor>, Problem> {
    let pairs = cursor.map(|cursor| ("cursor".to_owned(), cursor));
    job_cursor(&Query::of(pairs.into_iter().collect()))
}

fn limit(limit: Option<u32>) -> Result<u32, Problem> {
    match limit {
        None => Ok(MOST),
        Some(limit) if (1..=MOST).contains(&limit) => Ok(limit),
        Some(limit) => Err(malformed(&format!(
            "limit {limit} is out of range: expected 1 to {MOST}"
        ))),
    }
}

pub(super) fn malformed(why: &str) -> Problem {
    Problem::bad_request("malformed_body", why)
}

#[cfg(test)]
mod tests {
    use formhand_domain::Status;

    use super::*;

    fn read(text: &'static str) -> Result<Order, Problem> {
        Order::read(&Bytes::from_static(text.as_bytes()))
    }

    #[test]
    fn a_filter_takes_one_value_or_several() {
        let order = read(
            r#"{"filter": {"status": ["pending", "on_hold"], "portal": "practice"}, "limit": 7, "expected": 3}"#,
        )
        .unwrap();
        let Which::Fitting {
            filter,
            after: None,
            limit: 7,
            expected: Some(3),
        } = order.which
        else {
            panic!("{order:?}");
        };
        assert_eq!(filter.statuses, [Status::Pending, Status::OnHold]);
        assert_eq!(filter.portal.unwrap().as_str(), "practice");
    }

    #[test]
    fn what_is_not_clear_is_refused_with_what_would_be_right() {
        let wrong = |text| {
            let problem = read(text).unwrap_err();
            let fields = problem.errors.iter();
            let fields: Vec<_> = fields
                .map(|field| format!(" {}: {}", field.pointer, field.detail))
                .collect();
            format!("{}{}", problem.detail, fields.concat())
        };
        let told = [
            "{}",
            r#"{"ids": [], "filter": {}}"#,
            r#"{"ids": []}"#,
            r#"{"ids": ["x"]}"#,
            r#"{"ids": ["01ARZ3NDEKTSV4RRFFQ69G5FAV", "01ARZ3NDEKTSV4RRFFQ69G5FAV"]}"#,
            r#"{"ids": ["01ARZ3NDEKTSV4RRFFQ69G5FAV"], "limit": 3}"#,
            r#"{"filter": {"state": "pending"}}"#,
            r#"{"filter": {"status": 3}}"#,
            r#"{"filter": {"status": "penning"}}"#,
            r#"{"filter": {"limit": "3"}}"#,
            r#"{"filter": {}, "limit": 0}"#,
            r#"{"filter": {}, "cursor": "x"}"#,
            r#"{"filter": {}, "why": "x"}"#,
            r#"{"filter": {"status": "pending", "status": "on_hold"}}"#,
        ]
        .map(wrong)
        .join("\n");
        insta::assert_snapshot!(told, @r#"
        which jobs? Give "ids": ["…"], or "filter": {"status": "…"} with the parameters of GET /api/jobs
        give either ids or a filter, not both
        0 jobs: expected 1 to 500
        not all of it is right; no job was touched /ids/0: "x" is not a job id: expected 26 letters and digits such as 01JD8Z7K3N5Q2V6W9X0Y1A2B3C
        not all of it is right; no job was touched /ids/1: this job is in it twice
        cursor, limit and expected go with a filter, not with ids
        "state" is no parameter here; valid: status, portal, account, flow, from, until, captchaId, businessKey, q
        the filter is not as it must be /filter/status: expected text, or a list of texts
        status "penning" is not known: expected one of pending, processing, completed, completed_with_errors, failed_login_form, failed_post_submission, failed_validation, failed_duplicate, on_hold, needs_review, cancelled
        "limit" is no parameter here; valid: status, portal, account, flow, from, until, captchaId, businessKey, q
        limit 0 is out of range: expected 1 to 500
        cursor must be the `next` of another page
        the body: unknown field `why`, expected one of `ids`, `filter`, `cursor`, `limit`, `expected`, `reason`, `by` at line 1 column 20
        a key of the body is there twice /filter/status: this key is there twice
        "#);
    }
}
