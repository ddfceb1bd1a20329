//! What a person has found out of many jobs of unknown outcome: each has a finding of its own.

use std::borrow::Cow;

use axum::{Extension, Json, body::Bytes, extract::State};
use formhand_domain::{Job, JobEvent, JobId};
use futures_util::{StreamExt as _, stream};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    super::{
        ApiState, Problem, body,
        finding::Finding,
        problem::FieldProblem,
        show_job::find,
        wish::{LINE, person},
    },
    AT_ONCE, MOST,
    order::{NOT_RIGHT, ids_of, malformed},
    report::Report,
};
use crate::access::Caller;

/// What was found of many jobs.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "JobFindings")]
pub(in crate::http) struct Findings {
    /// One for each job: its `id`, and what `POST /api/jobs/{id}/resolve` takes.
    #[schemars(with = "Vec<FindingOfJob>", length(min = 1, max = MOST))]
    findings: Vec<Map<String, Value>>,
    /// Who, as the audit shows it; a finding's own `by` goes before.
    #[schemars(length(min = 1, max = 500), extend("pattern" = LINE))]
    by: Option<String>,
}

/// What was found of one of them, as programs are told of it.
struct FindingOfJob;

impl JsonSchema for FindingOfJob {
    fn schema_name() -> Cow<'static, str> {
        "FindingOfJob".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Finding::json_schema(generator);
        let mut id = generator.subschema_for::<JobId>();
        id.insert("description".to_owned(), "Which job.".into());
        if let Some(Value::Object(properties)) = schema.get_mut("properties") {
            properties.insert("id".to_owned(), id.into());
        }
        if let Some(Value::Array(required)) = schema.get_mut("required") {
            required.push("id".into());
        }
        schema.insert(
            "description".to_owned(),
            "What was found of one job: its `id`, and what `resolveJob` takes.".into(),
        );
        schema
    }
}

/// Settles them. The domain decides of each job whether it takes that.
pub(crate) async fn resolve(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    bytes: Bytes,
) -> Result<Json<Report>, Problem> {
    let Findings { findings, by } = body::read(&bytes)?;
    person(&caller, by.clone())?;
    let findings = read(findings)?;
    let (state, caller, by) = (&state, &caller, &by);
    let results = stream::iter(findings).map(|(id, finding)| async move {
        (id, settle(state, caller, by.clone(), id, finding).await)
    });
    let report = Report::of(results.buffered(AT_ONCE).collect().await, None);
    tracing::info!(
        done = report.done,
        refused = report.refused,
        caller = caller.name,
        "a person settled many jobs"
    );
    Ok(Json(report))
}

fn read(findings: Vec<Map<String, Value>>) -> Result<Vec<(JobId, Finding)>, Problem> {
    let mut texts = Vec::with_capacity(findings.len());
    let mut read = Vec::with_capacity(findings.len());
    let mut errors = Vec::new();
    for (index, mut finding) in findings.into_iter().enumerate() {
        match finding.remove("id") {
            Some(Value::String(id)) => texts.push(id),
            _ => texts.push(String::new()),
        }
        match serde_json::from_value(Value::Object(finding)) {
            Ok(finding) => {
                let pointer = format!("/findings/{index}");
                let wrong = Finding::check(&finding).err();
                errors.extend(wrong.map(|wrong| FieldProblem::new(pointer, wrong.detail.clone())));
                read.push(finding);
            }
            Err(error) => {
                let pointer = format!("/findings/{index}");
                errors.push(FieldProblem::new(pointer, error.to_string()));
            }
        }
    }
    match ids_of("/findings", "/id", &texts) {
        Ok(ids) if errors.is_empty() => Ok(ids.into_iter().zip(read).collect()),
        Ok(_) => Err(malformed(NOT_RIGHT).with_errors(errors)),
        Err(problem) => {
            let wrong = problem.errors.iter().cloned().chain(errors).collect();
            Err(problem.with_errors(wrong))
        }
    }
}

async fn settle(
    state: &ApiState,
    caller: &Caller,
    by: Option<String>,
    id: JobId,
    mut finding: Finding,
) -> Result<Job, Problem> {
    let writer = person(caller, finding.by.take().or(by))?;
    let job = find(state, id).await?;
    let settlement = finding.settlement(state, &job)?;
    let event = JobEvent::Settle { settlement };
    Ok(state
        .store
        .apply(id, writer, event, state.clock.now())
        .await?)
}
