//! Ids and names from an address. A malformed one is the client's mistake and never a failure of the server.

use axum::extract::{Path, rejection::PathRejection};
use formhand_domain::{CallerId, JobId, NodeId, QuestionId, SourceName, ids::InvalidId};

use super::Problem;

/// A path that may not even be text.
pub(crate) type RawPath<T> = Result<Path<T>, PathRejection>;

/// What the address says.
pub(crate) fn text<T>(path: RawPath<T>) -> Result<T, Problem> {
    let malformed = |_| Problem::bad_request("malformed_id", "the address is not valid text");
    path.map(|Path(text)| text).map_err(malformed)
}

/// The job's id in the address.
pub(crate) fn job_id(path: RawPath<String>) -> Result<JobId, Problem> {
    parse_job_id(&text(path)?)
}

/// The same, where it is one of several parts.
pub(super) fn parse_job_id(text: &str) -> Result<JobId, Problem> {
    text.parse()
        .map_err(|error: formhand_domain::ids::NotAJobId| {
            Problem::bad_request("malformed_id", error.to_string())
        })
}

/// The caller's id in the address.
pub(super) fn caller_id(path: RawPath<String>) -> Result<CallerId, Problem> {
    CallerId::new(text(path)?).map_err(malformed)
}

/// The server's name in the address.
pub(super) fn node_id(path: RawPath<String>) -> Result<NodeId, Problem> {
    NodeId::new(text(path)?).map_err(malformed)
}

/// The source's name in the address.
pub(super) fn source(path: RawPath<String>) -> Result<SourceName, Problem> {
    SourceName::new(text(path)?).map_err(malformed)
}

/// The question's id in the address.
pub(super) fn question_id(path: RawPath<String>) -> Result<QuestionId, Problem> {
    QuestionId::new(text(path)?).map_err(malformed)
}

/// Says what would be right.
#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
pub(super) fn malformed(error: InvalidId) -> Problem {
    Problem::bad_request("malformed_id", error.to_string())
}
