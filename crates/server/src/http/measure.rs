//! Counts requests and how long they take, and begins their traces, by the template of their route: an address may hold a caller's id.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};
use formhand_browser::TRACE;
use tracing::{Instrument as _, field};

use crate::{
    metrics::{Metrics, method_name},
    telemetry,
};

/// Counts the request when it has been answered.
pub(super) async fn request(
    State(metrics): State<Metrics>,
    request: Request,
    next: Next,
) -> Response {
    let method = request.method().clone();
    let path = request.extensions().get::<MatchedPath>().cloned();
    let started = Instant::now();
    let in_flight = metrics.request();
    let route = path.as_ref().map_or("none", MatchedPath::as_str);
    let span = tracing::info_span!(
        target: TRACE,
        parent: None,
        "request",
        "otel.name" = format!("{} {route}", method_name(&method)),
        "otel.kind" = "server",
        "http.request.method" = method_name(&method),
        "http.route" = route,
        "http.response.status_code" = field::Empty,
    );
    telemetry::go_on(&span, request.headers());
    let response = next.run(request).instrument(span.clone()).await;
    drop(in_flight);
    span.record("http.response.status_code", response.status().as_u16());
    metrics.answered(&method, route, response.status(), started.elapsed());
    response
}
