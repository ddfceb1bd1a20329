//! What is counted as it happens. All counts begin with zero when the server starts, as Prometheus expects.

mod http;
mod jobs;
mod names;
mod sessions;
mod signals;
mod webhooks;

pub(super) use http::HttpCounters;
pub(crate) use http::{InFlight, method_name};
pub(super) use jobs::{JobCounters, Seen};
pub(super) use sessions::SessionCounters;
pub(super) use signals::SignalCounters;
pub(super) use webhooks::WebhookCounters;

use prometheus_client::{
    metrics::{family::Family, histogram::Histogram},
    registry::{Registry, Unit},
};

/// A histogram for each set of labels.
pub(super) type Histograms<L> = Family<L, Histogram, fn() -> Histogram>;

/// What is counted as it happens.
#[derive(Clone, Default)]
pub(super) struct Counters {
    pub(super) jobs: JobCounters,
    pub(super) sessions: SessionCounters,
    pub(super) http: HttpCounters,
    pub(super) signals: SignalCounters,
    pub(super) webhooks: WebhookCounters,
}

impl Counters {
    /// Shows all of them.
    pub(super) fn register(&self, registry: &mut Registry) {
        self.jobs.register(registry);
        self.sessions.register(registry);
        self.http.register(registry);
        self.signals.register(registry);
        self.webhooks.register(registry);
    }
}

/// From a page that answers at once to a login that waits for a person.
fn seconds_of_work() -> Histogram {
    Histogram::new([
        0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0,
    ])
}

/// From a job that is worked on at once to one that waits for a person over a weekend.
fn seconds_of_waiting() -> Histogram {
    Histogram::new([
        1.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3600.0, 14_400.0, 86_400.0, 259_200.0,
    ])
}

/// What should take milliseconds.
fn seconds_of_an_answer() -> Histogram {
    Histogram::new([
        0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
    ])
}

/// How long sessions live.
fn seconds_of_a_session() -> Histogram {
    Histogram::new([
        60.0, 300.0, 600.0, 1200.0, 1800.0, 3600.0, 7200.0, 14_400.0, 28_800.0, 86_400.0,
    ])
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a duration of 2^52 ms is longer than anything here"
)]
fn seconds(milliseconds: u64) -> f64 {
    milliseconds as f64 / 1000.0
}

fn in_seconds(
    registry: &mut Registry,
    name: &str,
    help: &str,
    metric: impl prometheus_client::registry::Metric,
) {
    registry.register_with_unit(name, help, Unit::Seconds, metric);
}
