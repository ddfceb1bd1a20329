//! The trace that a caller has begun.

use axum::http::HeaderMap;
use opentelemetry::{propagation::TextMapPropagator as _, trace::TraceContextExt as _};
use opentelemetry_http::HeaderExtractor;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

/// Puts the span of a request below what its `traceparent` names (W3C Trace Context). One that cannot be read is none.
pub(crate) fn go_on(span: &Span, headers: &HeaderMap) {
    // Without a collector there is no span, and nothing to read for it.
    if span.is_disabled() {
        return;
    }
    let context = TraceContextPropagator::new().extract(&HeaderExtractor(headers));
    if context.span().span_context().is_valid() {
        // It fails only where nobody makes traces.
        let _ = span.set_parent(context);
    }
}
