//! Sends spans to a collector, as OTLP over HTTP.

use std::time::Duration;

use formhand_browser::TRACE;
use opentelemetry::{KeyValue, trace::TracerProvider as _};
use opentelemetry_otlp::{ExporterBuildError, SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::{
    Resource,
    trace::{SdkTracer, SdkTracerProvider},
};
use tracing::Subscriber;
use tracing_opentelemetry::OpenTelemetryLayer;
use tracing_subscriber::{Layer, filter::filter_fn, registry::LookupSpan};

use crate::config::TelemetryConfig;

/// How long a collector may take for a batch. What it does not take is dropped, and the log says so.
const LIMIT: Duration = Duration::from_secs(5);

/// The way of spans to a collector.
pub(crate) struct Traces(SdkTracerProvider);

impl Traces {
    /// The way that the configuration names, if it does. Nothing is sent yet.
    pub(crate) fn to(config: &TelemetryConfig) -> Result<Option<Self>, ExporterBuildError> {
        let Some(collector) = &config.otlp else {
            return Ok(None);
        };
        let collector = collector.as_str().trim_end_matches('/');
        let exporter = SpanExporter::builder()
            .with_http()
            .with_endpoint(format!("{collector}/v1/traces"))
            .with_timeout(LIMIT)
            .build()?;
        let resource = Resource::builder()
            .with_service_name("formhand")
            .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
            .build();
        let provider = SdkTracerProvider::builder()
            .with_resource(resource)
            .with_batch_exporter(exporter)
            .build();
        Ok(Some(Self(provider)))
    }

    /// What hears the spans that are made for traces, and nothing else: neither other spans nor lines of the log.
    pub(crate) fn layer<S>(&self) -> impl Layer<S> + use<S>
    where
        S: Subscriber + for<'span> LookupSpan<'span>,
    {
        let layer: OpenTelemetryLayer<S, SdkTracer> =
            tracing_opentelemetry::layer().with_tracer(self.0.tracer("formhand"));
        layer
            .with_location(false)
            .with_threads(false)
            .with_target(false)
            .with_tracked_inactivity(false)
            .with_filter(filter_fn(|metadata| {
                metadata.is_span() && metadata.target() == TRACE
            }))
    }

    /// Sends what is left.
    pub(crate) async fn end(self) {
        // It waits for the thread that sends.
        let ended = tokio::task::spawn_blocking(move || self.0.shutdown_with_timeout(LIMIT)).await;
        if let Ok(Err(error)) = ended {
            tracing::warn!(%error, "the last traces were not sent");
        }
    }
}
