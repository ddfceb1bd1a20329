//! What is asked over HTTP.

use std::time::Duration;

use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, gauge::Gauge},
    registry::Registry,
};

use super::{Histograms, in_seconds, seconds_of_an_answer};
use crate::metrics::labels::with;

with! {
    /// A request, by the template of its route: an address may hold a caller's id.
    Asked { .. method: &'static str, route: String }
}
with! {
    /// How it was answered.
    Answered { asked: Asked, .. status: &'static str }
}

/// What is counted of requests.
#[derive(Clone)]
pub(in crate::metrics) struct HttpCounters {
    requests: Family<Answered, Counter>,
    duration: Histograms<Asked>,
    in_flight: Gauge,
}

impl Default for HttpCounters {
    fn default() -> Self {
        Self {
            requests: Family::default(),
            duration: Family::new_with_constructor(seconds_of_an_answer),
            in_flight: Gauge::default(),
        }
    }
}

/// A request that is being answered, until this is dropped. A client that goes away drops it, too.
pub(crate) struct InFlight(Gauge);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl HttpCounters {
    /// A request has come.
    pub(in crate::metrics) fn begin(&self) -> InFlight {
        self.in_flight.inc();
        InFlight(self.in_flight.clone())
    }

    /// It was answered.
    pub(in crate::metrics) fn answered(
        &self,
        method: &axum::http::Method,
        route: &str,
        status: axum::http::StatusCode,
        took: Duration,
    ) {
        let asked = Asked {
            method: method_name(method),
            route: route.to_owned(),
        };
        self.duration
            .get_or_create(&asked)
            .observe(took.as_secs_f64());
        let status = class(status);
        self.requests
            .get_or_create(&Answered { asked, status })
            .inc();
    }

    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register(
            "formhand_http_requests",
            "Requests that were answered, by method, route and class of status",
            self.requests.clone(),
        );
        in_seconds(
            registry,
            "formhand_http_request_duration",
            "From the arrival of a request to the beginning of its answer",
            self.duration.clone(),
        );
        registry.register(
            "formhand_http_requests_in_flight",
            "Requests that are being answered; event streams count only until they begin",
            self.in_flight.clone(),
        );
    }
}

/// A client may invent methods, and each would be a series of its own.
pub(crate) fn method_name(method: &axum::http::Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

fn class(status: axum::http::StatusCode) -> &'static str {
    match status.as_u16() / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    }
}
