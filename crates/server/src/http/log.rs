//! One line for each request: method, route, status and the name of the token, never an address with a caller's id in it,
//! never a body.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};

use crate::access::Caller;

/// Logs the request when it has been answered.
pub(super) async fn request(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let started = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    let caller = response.extensions().get::<Caller>();
    let caller = caller.map_or("nobody", |caller| &caller.name);
    let elapsed_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    // Probes come every few seconds and say nothing.
    if matches!(route.as_str(), "/livez" | "/readyz") {
        tracing::debug!(%method, route, status, caller, elapsed_ms, "request");
    } else {
        tracing::info!(%method, route, status, caller, elapsed_ms, "request");
    }
    response
}
