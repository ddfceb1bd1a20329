//! `GET /api/jobs/{id}/evidence`

use axum::{Json, extract::State};
use formhand_domain::JobId;
use formhand_evidence::{Kept, Kind};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    ApiState, Problem,
    names::{self, RawPath},
    openapi::Time,
    query::Query,
    show_job::find,
};

/// What is kept of a job's attempts.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Evidence")]
pub(crate) struct EvidenceView {
    /// Its files, oldest attempt first.
    pub(crate) files: Vec<FileView>,
}

/// One file.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "EvidenceFile")]
pub(crate) struct FileView {
    /// Below the evidence folder, as a failure names it.
    pub(crate) path: String,
    /// Where it can be fetched.
    pub(crate) address: String,
    /// The attempt that it is of.
    pub(crate) attempt: u32,
    /// What it shows.
    pub(crate) kind: Kind,
    /// Its media type.
    pub(crate) media_type: String,
    /// Its length.
    pub(crate) size_bytes: u64,
    /// When it was written.
    #[schemars(with = "Time")]
    pub(crate) written_at: Timestamp,
}

/// The files of a job.
pub(super) async fn list(
    State(state): State<ApiState>,
    path: RawPath<String>,
    query: Query,
) -> Result<Json<EvidenceView>, Problem> {
    query.only(&[])?;
    let job = find(&state, names::job_id(path)?).await?;
    let files = files(&state, job.id).await.map_err(|error| {
        tracing::error!(job = %job.id, %error, "the evidence folder cannot be read");
        unreadable()
    })?;
    Ok(Json(EvidenceView { files }))
}

/// What is kept of a job, oldest attempt first.
pub(crate) async fn files(state: &ApiState, job: JobId) -> std::io::Result<Vec<FileView>> {
    let files = state.evidence.files(job).await?;
    Ok(files.iter().map(view).collect())
}

/// What the client is told of a disk that does not read; the log has the rest.
pub(super) fn unreadable() -> Problem {
    Problem::new(
        axum::http::StatusCode::INTERNAL_SERVER_ERROR,
        "internal",
        "something failed inside; the server's log says what",
    )
}

fn view(kept: &Kept) -> FileView {
    let place = &kept.place;
    let (job, attempt) = (place.job(), place.attempt());
    let below = if place.is_document() {
        "documents/"
    } else {
        ""
    };
    // Names hold letters of any language, blanks and brackets.
    let name = encoded(place.name());
    FileView {
        path: place.path(),
        address: format!("/api/jobs/{job}/evidence/{attempt}/{below}{name}"),
        attempt,
        kind: place.kind(),
        media_type: place.media_type().to_owned(),
        size_bytes: kept.size_bytes,
        written_at: kept.written_at,
    }
}

/// A name as a part of an address, and as RFC 8187 has it in a header.
pub(super) fn encoded(name: &str) -> String {
    use std::fmt::Write as _;
    name.bytes().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = match byte {
            b'-' | b'.' | b'_' => write!(text, "{}", char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => write!(text, "{}", char::from(byte)),
            byte => write!(text, "%{byte:02X}"),
        };
        text
    })
}

#[cfg(test)]
mod tests {
    use formhand_evidence::Place;

    use super::*;

    fn shown(place: Place) -> FileView {
        view(&Kept {
            place,
            size_bytes: 1,
            written_at: Timestamp::UNIX_EPOCH,
        })
    }

    #[test]
    fn an_address_holds_only_what_an_address_may() {
        let job = JobId::new(Timestamp::UNIX_EPOCH, 1);
        let document = shown(Place::document(job, 2, "a b.pdf").unwrap());
        assert_eq!(
            document.address,
            format!("/api/jobs/{job}/evidence/2/documents/a%20b.pdf")
        );
        assert_eq!(encoded("a b?.pdf"), "a%20b%3F.pdf");
    }

    #[test]
    fn a_document_is_no_picture_whatever_it_is_called() {
        let job = JobId::new(Timestamp::UNIX_EPOCH, 1);
        let document = shown(Place::document(job, 2, "x.png").unwrap());
        assert_eq!(document.kind, Kind::Document);
        let picture = shown(Place::file(job, 2, "failure.png").unwrap());
        assert_eq!(picture.kind, Kind::Picture);
    }
}
