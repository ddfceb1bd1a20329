//! The figures as text, in the form that was asked for.

use axum::http::{HeaderMap, header};
use prometheus_client::{
    encoding::{prometheus_text, text},
    registry::Registry,
};

/// How figures are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// OpenMetrics 1.0: with units.
    OpenMetrics,
    /// Prometheus' own, which everything reads.
    Prometheus,
}

impl Format {
    /// The best one that a client takes.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let takes = |kind| {
            let accepted = headers.get_all(header::ACCEPT).iter();
            accepted
                .filter_map(|value| value.to_str().ok())
                .any(|value| value.contains(kind))
        };
        if takes("application/openmetrics-text") {
            Self::OpenMetrics
        } else {
            Self::Prometheus
        }
    }

    /// What it is called.
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::OpenMetrics => "application/openmetrics-text; version=1.0.0; charset=utf-8",
            Self::Prometheus => prometheus_text::CONTENT_TYPE,
        }
    }
}

/// Writes all figures.
pub(super) fn write(registry: &Registry, format: Format) -> String {
    let mut written = String::new();
    let result = match format {
        Format::OpenMetrics => text::encode(&mut written, registry),
        Format::Prometheus => prometheus_text::encode(&mut written, registry),
    };
    if let Err(error) = result {
        // A text takes all there is to write; only a bug in how a figure is written gets here.
        tracing::error!(%error, "the figures could not be written whole");
    }
    written
}
