//! `GET /metrics`: what Prometheus reads. Described in `docs/METRICS.md`.

use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};

use super::{ApiState, Problem, query::Query};
use crate::metrics::{Asked, Format};

/// All figures, in OpenMetrics for whoever takes it. Always 200: what does not answer is missing, and a figure says so.
pub(super) async fn show(
    State(state): State<ApiState>,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    query.only(&[])?;
    let format = Format::of(&headers);
    let asked = Asked {
        accounts: &state.accounts,
        sources: &state.sources,
        webhooks: &state.webhooks,
        readiness: &state.readiness,
        now: state.clock.now(),
    };
    let text = state.metrics.scrape(asked, format).await;
    Ok(([(header::CONTENT_TYPE, format.content_type())], text).into_response())
}
