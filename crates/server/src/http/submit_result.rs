//! What became of one record, as the answer shows it.

use axum::{
    Json,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use formhand_domain::{End, JobState};
use formhand_engine::{Accepted, IntakeError};
use formhand_portal::record::FieldError;
use formhand_store::Submitted;
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    JobView, Problem,
    problem::{FieldProblem, ProblemBody},
};

/// What became of one record.
pub(super) enum SubmitResult {
    /// There is a job of it now.
    Created(Box<JobView>),
    /// There was one from the same call before.
    Replayed(Box<JobView>),
    /// It is the same business case as another job.
    Duplicate(Problem),
    /// It breaks the flow's rules.
    Invalid(Problem),
    /// It was not taken at all.
    Refused(Problem),
}

/// One of many results.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "RecordResult")]
pub(super) struct ResultView {
    /// The record's place in the request, counted from 1.
    record: usize,
    /// The line of the request's body, where it has lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    /// `created`, `replayed`, `duplicate`, `invalid` or `refused`.
    #[schemars(extend("enum" = ["created", "replayed", "duplicate", "invalid", "refused"]))]
    result: &'static str,
    /// The job, if there is one of the record now.
    #[serde(skip_serializing_if = "Option::is_none")]
    job: Option<JobView>,
    /// Why there is none, or none that will be worked on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<ProblemBody>")]
    problem: Option<Problem>,
}

impl SubmitResult {
    /// Reads the intake's answer. A repeated call gets the first answer again, whatever it was.
    pub(super) fn of(answer: Result<Accepted, IntakeError>) -> Self {
        match answer {
            Ok(accepted) => Self::accepted(&accepted),
            Err(error) => Self::Refused(refusal(error)),
        }
    }

    fn accepted(accepted: &Accepted) -> Self {
        let job = &accepted.job;
        match &job.state {
            JobState::Finished {
                end: End::Duplicate { of, failure },
                ..
            } => {
                let problem = Problem::refused("duplicate_key", failure.message.clone());
                let problem = problem.with_job(job.id).with_duplicate_of(*of);
                Self::Duplicate(problem)
            }
            JobState::Finished {
                end: End::Invalid { failure },
                ..
            } => {
                let problem = match accepted.errors.as_slice() {
                    [] => Problem::unprocessable("invalid_record", failure.message.clone()),
                    errors => invalid(errors),
                };
                Self::Invalid(problem.with_job(job.id))
            }
            _ => {
                let view = Box::new(JobView::brief(job));
                match accepted.submitted {
                    Submitted::Replayed(_) => Self::Replayed(view),
                    _ => Self::Created(view),
                }
            }
        }
    }

    /// A record of which not even a job could be made.
    pub(super) fn invalid(errors: &[FieldError]) -> Self {
        Self::Invalid(invalid(errors))
    }

    /// The answer to a request with one record.
    pub(super) fn into_response(self) -> Response {
        match self {
            Self::Created(view) => {
                let place = HeaderValue::try_from(format!("/api/jobs/{}", view.id));
                let mut response = (StatusCode::CREATED, Json(view)).into_response();
                if let Ok(place) = place {
                    response.headers_mut().insert(header::LOCATION, place);
                }
                response
            }
            Self::Replayed(view) => {
                const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
                ([(REPLAYED, "true")], Json(view)).into_response()
            }
            Self::Duplicate(problem) | Self::Invalid(problem) | Self::Refused(problem) => {
                problem.into_response()
            }
        }
    }

    /// A line of the answer to a request with many.
    pub(super) fn into_view(self, record: usize, line: Option<u64>) -> ResultView {
        let (result, job, problem) = match self {
            Self::Created(view) => ("created", Some(*view), None),
            Self::Replayed(view) => ("replayed", Some(*view), None),
            Self::Duplicate(problem) => ("duplicate", None, Some(problem)),
            Self::Invalid(problem) => ("invalid", None, Some(problem)),
            Self::Refused(problem) => ("refused", None, Some(problem)),
        };
        ResultView {
            record,
            line,
            result,
            job,
            problem,
        }
    }
}

fn invalid(errors: &[FieldError]) -> Problem {
    let fields: Vec<FieldProblem> = errors
        .iter()
        .map(|error| FieldProblem::new(error.pointer.clone(), error.message.clone()))
        .collect();
    let what = if fields.len() == 1 {
        "1 field is".to_owned()
    } else {
        format!("{} fields are", fields.len())
    };
    Problem::unprocessable(
        "invalid_record",
        format!("{what} not as the flow's record must be"),
    )
    .with_errors(fields)
}

/// Why a record could not even be refused as a job.
pub(super) fn refusal(error: IntakeError) -> Problem {
    let code = match &error {
        IntakeError::UnknownPortal { .. } => "unknown_portal",
        IntakeError::UnknownFlow { .. } => "unknown_flow",
        IntakeError::UnknownAccount { .. } => "unknown_account",
        IntakeError::Ambiguous { .. } => "ambiguous_target",
        IntakeError::Store(_) => return store_failed(error),
    };
    Problem::unprocessable(code, error.to_string())
}

fn store_failed(error: IntakeError) -> Problem {
    match error {
        IntakeError::Store(error) => error.into(),
        other => Problem::unprocessable("ambiguous_target", other.to_string()),
    }
}
