//! `GET /api/jobs/{id}/evidence/{attempt}/{name}` and `…/{attempt}/documents/{name}`
//!
//! What is in a file was said by a portal, and a portal may be hostile: no browser may run, load or guess anything.

use axum::{
    body::Body,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use formhand_domain::JobId;
use formhand_evidence::{Content, Place};
use tokio_util::io::ReaderStream;

use super::{
    ApiState, Problem, evidence_link,
    list_evidence::{encoded, unreadable},
    names::{self, RawPath},
    query::Query,
    show_job::find,
};

/// No script, no frame, no form, no address of its own, and nothing loaded from anywhere.
const SANDBOX: &str = "sandbox; default-src 'none'";

/// Job, attempt and name.
type FilePath = RawPath<(String, String, String)>;

/// A file beside the documents.
pub(super) async fn file(
    State(state): State<ApiState>,
    path: FilePath,
    query: Query,
) -> Result<Response, Problem> {
    send(&state, path, query, Place::file).await
}

/// A document that the portal made.
pub(super) async fn document(
    State(state): State<ApiState>,
    path: FilePath,
    query: Query,
) -> Result<Response, Problem> {
    send(&state, path, query, Place::document).await
}

async fn send(
    state: &ApiState,
    path: FilePath,
    query: Query,
    named: impl FnOnce(JobId, u32, &str) -> Option<Place>,
) -> Result<Response, Problem> {
    let query = query.only(&["link"])?;
    let (id, attempt, name) = names::text(path)?;
    let job = find(state, names::parse_job_id(&id)?).await?;
    let attempt = attempt.parse().map_err(|_| no_such_file())?;
    let place = named(job.id, attempt, &name).ok_or_else(no_such_file)?;
    if let Some(life) = query.one("link")? {
        return evidence_link::link(state, &place, life).await;
    }
    let opened = state.evidence.open(&place).await.map_err(|error| {
        tracing::error!(job = %job.id, %error, "a file of the evidence cannot be read");
        unreadable()
    })?;
    let (kept, content) = opened.ok_or_else(no_such_file)?;
    let body = match content {
        Content::File(file) => Body::from_stream(ReaderStream::new(file)),
        Content::Object(pieces) => Body::from_stream(pieces),
    };
    let shown = if place.is_document() {
        "attachment"
    } else {
        "inline"
    };
    let name = encoded(place.name());
    let headers = [
        (header::CONTENT_TYPE, place.media_type().to_owned()),
        (header::CONTENT_LENGTH, kept.size_bytes.to_string()),
        (
            header::CONTENT_DISPOSITION,
            format!("{shown}; filename*=UTF-8''{name}"),
        ),
        (header::CONTENT_SECURITY_POLICY, SANDBOX.to_owned()),
    ];
    Ok((headers, body).into_response())
}

/// The same for a name that cannot be and for one that is not there; what was asked for is not said again.
fn no_such_file() -> Problem {
    Problem::not_found("evidence", "the job has no such file")
}
