//! `POST /api/jobs`: records come in as JSON, JSON Lines or CSV.
//!
//! A request that cannot be read is refused as a whole, before any of its records is taken. After that each record
//! has its own result, in the order of the request: of two with the same business key the first one wins.

use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use formhand_domain::{AccountName, FlowName, IdempotencyKey, PortalName};
use formhand_engine::{Intake, Submission};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::{
    ApiState, Problem,
    names::malformed,
    problem::FieldProblem,
    query::Query,
    submit_result::{ResultView, SubmitResult, refusal},
};
use crate::records::{
    Envelope, Format, RecordError, RecordErrors, Table, read_json, read_lines, read_table,
};

/// Where records go that do not say it themselves.
struct Target {
    portal: Option<PortalName>,
    flow: Option<FlowName>,
    account: Option<AccountName>,
}

/// A record that is ready for the intake, or is known to be none.
struct Entry {
    line: Option<u64>,
    submission: Result<Box<Submission>, SubmitResult>,
}

/// Takes records in.
pub(super) async fn submit(
    State(state): State<ApiState>,
    query: Query,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let target = Target::of(query)?;
    let key = idempotency_key(&headers)?;
    let format = format(&headers)?;
    let text = std::str::from_utf8(&body)
        .map_err(|_| Problem::bad_request("malformed_body", "the body is not UTF-8 text"))?;
    let (entries, single) = match format {
        Format::Json => {
            let (envelopes, single) = read_json(text).map_err(|errors| unreadable(&errors))?;
            (
                envelopes
                    .into_iter()
                    .map(|envelope| target.entry(None, envelope))
                    .collect(),
                single,
            )
        }
        Format::Jsonl => {
            let lines = read_lines(text).map_err(|errors| unreadable(&errors))?;
            let entry = |(line, envelope)| target.entry(Some(line), envelope);
            (lines.into_iter().map(entry).collect(), false)
        }
        Format::Csv => {
            let table = read_table(text).map_err(|errors| unreadable(&errors))?;
            (target.rows(&state.intake, table)?, false)
        }
    };
    if single {
        let result = file(&state, entries, key.as_ref()).await.pop();
        let missing = || Problem::bad_request("malformed_body", "there is no record in it");
        return result
            .map(|(_, result)| result.into_response())
            .ok_or_else(missing);
    }
    let keys = keys(key.as_ref(), entries.len())?;
    Ok(many(file_all(&state, entries, keys).await))
}

async fn file(
    state: &ApiState,
    entries: Vec<Entry>,
    key: Option<&IdempotencyKey>,
) -> Vec<(Option<u64>, SubmitResult)> {
    let keys = entries.iter().map(|_| key.cloned()).collect();
    file_all(state, entries, keys).await
}

/// One after the other: their order is a promise.
async fn file_all(
    state: &ApiState,
    entries: Vec<Entry>,
    keys: Vec<Option<IdempotencyKey>>,
) -> Vec<(Option<u64>, SubmitResult)> {
    let mut results = Vec::with_capacity(entries.len());
    for (entry, idempotency_key) in entries.into_iter().zip(keys) {
        let result = match entry.submission {
            Ok(submission) => {
                let submission = Submission {
                    idempotency_key,
                    ..*submission
                };
                SubmitResult::of(state.intake.submit(submission).await)
            }
            Err(result) => result,
        };
        results.push((entry.line, result));
    }
    results
}

/// What became of each record of many.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RecordResults")]
pub(super) struct Results {
    /// In the order of the request.
    results: Vec<ResultView>,
}

fn many(results: Vec<(Option<u64>, SubmitResult)>) -> Response {
    let results = results
        .into_iter()
        .enumerate()
        .map(|(index, (line, result))| result.into_view(index + 1, line))
        .collect();
    Json(Results { results }).into_response()
}

/// `key#3` for the third record, so that a repeated call finds each of its records again.
fn keys(
    key: Option<&IdempotencyKey>,
    count: usize,
) -> Result<Vec<Option<IdempotencyKey>>, Problem> {
    (1..=count)
        .map(|number| {
            key.map(|key| IdempotencyKey::new(format!("{key}#{number}")))
                .transpose()
        })
        .collect::<Result<_, _>>()
        .map_err(malformed)
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<IdempotencyKey>, Problem> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    let text = value.to_str().unwrap_or("not ASCII ");
    IdempotencyKey::new(text).map(Some).map_err(malformed)
}

fn format(headers: &HeaderMap) -> Result<Format, Problem> {
    let given = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    given.and_then(Format::of_media_type).ok_or_else(|| {
        Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "the Content-Type must be application/json, application/x-ndjson or text/csv",
        )
    })
}

fn unreadable(errors: &RecordErrors) -> Problem {
    let field = |error: &RecordError| {
        let place = match (error.line, error.column) {
            (Some(line), Some(column)) => format!("line {line}, column {column}: "),
            (Some(line), None) => format!("line {line}: "),
            _ => String::new(),
        };
        FieldProblem::new("", format!("{place}{}", error.message))
    };
    Problem::bad_request(
        "malformed_body",
        "the records cannot be read; none of them was taken",
    )
    .with_errors(errors.0.iter().map(field).collect())
}

impl Target {
    fn of(query: Query) -> Result<Self, Problem> {
        let query = query.only(&["portal", "flow", "account"])?;
        Ok(Self {
            portal: query
                .one("portal")?
                .map(PortalName::new)
                .transpose()
                .map_err(malformed)?,
            flow: query
                .one("flow")?
                .map(FlowName::new)
                .transpose()
                .map_err(malformed)?,
            account: query
                .one("account")?
                .map(AccountName::new)
                .transpose()
                .map_err(malformed)?,
        })
    }

    fn entry(&self, line: Option<u64>, envelope: Envelope) -> Entry {
        let submission = Submission {
            portal: envelope.portal.or_else(|| self.portal.clone()),
            flow: envelope.flow.or_else(|| self.flow.clone()),
            account: envelope.account.or_else(|| self.account.clone()),
            caller_id: envelope.captcha_id,
            idempotency_key: None,
            record: Value::Object(envelope.record),
        };
        Entry {
            line,
            submission: Ok(Box::new(submission)),
        }
    }

    /// The rows of a table. Only the flow's rules know which cells are numbers, so the flow is needed first.
    fn rows(&self, intake: &Intake, table: Table) -> Result<Vec<Entry>, Problem> {
        let (portal, flow) = intake
            .flow(self.portal.as_ref(), self.flow.as_ref())
            .map_err(refusal)?;
        let rules = portal
            .flows
            .get(&flow)
            .map(|flow| &flow.record)
            .ok_or_else(|| {
                Problem::unprocessable(
                    "unknown_flow",
                    format!("portal {} has no flow {flow}", portal.name),
                )
            })?;
        let entry = |row: crate::records::TableRow| {
            let submission = match rules.from_row(&table.headers, &row.cells) {
                Err(errors) => Err(SubmitResult::invalid(&errors)),
                Ok(record) => Ok(Box::new(Submission {
                    portal: Some(portal.name.clone()),
                    flow: Some(flow.clone()),
                    account: self.account.clone(),
                    caller_id: row.caller_id,
                    idempotency_key: None,
                    record,
                })),
            };
            Entry {
                line: Some(row.line),
                submission,
            }
        };
        Ok(table.rows.into_iter().map(entry).collect())
    }
}
