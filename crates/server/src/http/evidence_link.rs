//! `GET /api/jobs/{id}/evidence/…?link=1h`: a signed address in object storage.

use std::time::Duration;

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use formhand_evidence::Place;
use jiff::{SignedDuration, Span, SpanRelativeTo, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

use super::{ApiState, Problem, list_evidence::unreadable, openapi::Time};

/// Signatures of S3 live no longer.
const LONGEST: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A signed address of a file.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "EvidenceLink")]
pub(super) struct Link {
    /// A signed address in object storage.
    #[schemars(url)]
    url: String,
    /// When it ends.
    #[schemars(with = "Time")]
    expires_at: Timestamp,
}

/// An address under which whoever has it may read this file, for so long.
pub(super) async fn link(state: &ApiState, place: &Place, life: &str) -> Result<Response, Problem> {
    let life = parse(life).ok_or_else(|| {
        let detail = "link is a length of time above zero and up to 7d, such as 1h";
        Problem::bad_request("invalid_parameter", detail)
    })?;
    let expires_at = state.clock.now() + SignedDuration::try_from(life).unwrap_or(LONGEST);
    let url = state.evidence.link(place, life).await.map_err(|error| {
        tracing::error!(job = %place.job(), %error, "a link to evidence was not made");
        unreadable()
    })?;
    let url = url.ok_or_else(|| {
        let detail = "the file is not in object storage, or not yet: read it here";
        Problem::refused("not_in_object_storage", detail)
    })?;
    let url = url.to_string();
    Ok(Json(Link { url, expires_at }).into_response())
}

fn parse(text: &str) -> Option<Duration> {
    let span: Span = text.parse().ok()?;
    let life = span.to_duration(SpanRelativeTo::days_are_24_hours()).ok()?;
    let in_range = life > SignedDuration::ZERO && life <= LONGEST;
    in_range.then(|| life.unsigned_abs())
}
