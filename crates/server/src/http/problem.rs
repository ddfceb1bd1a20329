//! The shape of every error: RFC 9457 with a stable `code`.

use std::ops::Deref;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use formhand_domain::JobId;
use formhand_store::{ApplyError, StoreError};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An error as the client sees it. Boxed: it travels as the rare side of many results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Problem(Box<ProblemBody>);

/// What a problem says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Problem")]
pub struct ProblemBody {
    /// Names the kind of problem; the code as a URI.
    #[serde(rename = "type")]
    pub kind: String,
    /// The status in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// Stable, for programs.
    pub code: String,
    /// What happened and what would be right, for a person.
    pub detail: String,
    /// Each bad field or line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// The job that was stored for the record, if one was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_id: Option<JobId>,
    /// The job that the record is a duplicate of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<JobId>,
}

/// One bad field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FieldProblem {
    /// A JSON pointer to it.
    pub pointer: String,
    /// What is wrong, and what would be right.
    pub detail: String,
}

impl Problem {
    /// A problem of this status and code.
    pub fn new(status: StatusCode, code: &str, detail: impl Into<String>) -> Self {
        Self(Box::new(ProblemBody {
            kind: format!("urn:formhand:problem:{code}"),
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            code: code.to_owned(),
            detail: detail.into(),
            errors: Vec::new(),
            job_id: None,
            duplicate_of: None,
        }))
    }

    /// The request cannot be read.
    pub fn bad_request(code: &str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, detail)
    }

    /// The request can be read and cannot be done.
    pub fn unprocessable(code: &str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail)
    }

    /// There is no such thing.
    pub fn not_found(what: &str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, &format!("{what}_not_found"), detail)
    }

    /// The thing does not allow it as it is now.
    pub fn refused(code: &str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, detail)
    }

    pub(super) fn no_such_route() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "route_not_found",
            "there is nothing at this address",
        )
    }

    /// With each bad field.
    #[must_use]
    pub fn with_errors(mut self, errors: Vec<FieldProblem>) -> Self {
        self.0.errors = errors;
        self
    }

    /// With the job that has the same business key.
    #[must_use]
    pub fn with_duplicate_of(mut self, id: JobId) -> Self {
        self.0.duplicate_of = Some(id);
        self
    }

    /// With the job that was stored.
    #[must_use]
    pub fn with_job(mut self, id: JobId) -> Self {
        self.0.job_id = Some(id);
        self
    }
}

impl Deref for Problem {
    type Target = ProblemBody;

    fn deref(&self) -> &ProblemBody {
        &self.0
    }
}

impl FieldProblem {
    /// A field and what is wrong with it.
    pub fn new(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            detail: detail.into(),
        }
    }
}

/// A name as a part of a JSON pointer. What nobody would write is cut.
pub(super) fn pointer_part(name: &str) -> String {
    let name: String = name.chars().take(40).collect();
    name.replace('~', "~0").replace('/', "~1")
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        // The whole text is for the log; it may name paths of this machine, and the client can do nothing with it.
        tracing::error!(code = "store_failed", %error, "the store did not answer");
        match error {
            StoreError::Unwritable(_) | StoreError::Gone(_) => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "store_unavailable",
                "the store cannot be written at present; nothing of this request was kept",
            ),
            _ => Self::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                "something failed inside; the server's log says what",
            ),
        }
    }
}

impl From<ApplyError> for Problem {
    fn from(error: ApplyError) -> Self {
        match error {
            ApplyError::NotFound(id) => Self::not_found("job", format!("there is no job {id}")),
            ApplyError::Refused(refusal) => Self::refused("refused", refusal.to_string()),
            ApplyError::KeyTaken { holder } => {
                Self::refused("key_taken", error.to_string()).with_duplicate_of(holder)
            }
            ApplyError::Store(error) => error.into(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, axum::Json(self)).into_response();
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        response
    }
}

/// The media type of RFC 9457.
pub(crate) const MEDIA_TYPE: &str = "application/problem+json";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kf43_a_failure_of_the_store_says_nothing_of_the_inside() {
        let error = StoreError::Backend("disk I/O error in /srv/asha/records".into());
        let shown = serde_json::to_string(&Problem::from(error)).unwrap();
        assert!(
            !shown.contains("asha") && shown.contains("\"internal\""),
            "{shown}"
        );
    }
}
