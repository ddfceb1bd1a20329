//! Figures of one moment.

use std::{fmt::Debug, hash::Hash, sync::atomic::AtomicU64};

use jiff::Timestamp;
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, gauge::Gauge},
    registry::{Registry, Unit},
};

/// A figure of one moment.
pub(super) struct Figure {
    name: &'static str,
    help: &'static str,
    unit: Option<Unit>,
}

/// A figure that needs no unit.
pub(super) fn plain(name: &'static str, help: &'static str) -> Figure {
    Figure {
        name,
        help,
        unit: None,
    }
}

/// A figure in seconds; its name ends with that.
pub(super) fn seconds(name: &'static str, help: &'static str) -> Figure {
    Figure {
        name,
        help,
        unit: Some(Unit::Seconds),
    }
}

/// A figure in bytes; its name ends with that.
pub(super) fn bytes(name: &'static str, help: &'static str) -> Figure {
    Figure {
        name,
        help,
        unit: Some(Unit::Bytes),
    }
}

type NoLabels = [(&'static str, &'static str); 0];

impl Figure {
    /// One gauge; nothing is shown if it is not known.
    pub(super) fn gauge(self, registry: &mut Registry, value: Option<f64>) {
        let none: NoLabels = [];
        self.gauges(registry, value.map(|value| (none, value)));
    }

    /// A gauge for each set of labels.
    pub(super) fn gauges<L>(
        self,
        registry: &mut Registry,
        values: impl IntoIterator<Item = (L, f64)>,
    ) where
        L: EncodeLabelSet + Clone + Debug + Eq + Hash + Send + Sync + 'static,
    {
        let family: Family<L, Gauge<f64, AtomicU64>> = Family::default();
        for (labels, value) in values {
            family.get_or_create(&labels).set(value);
        }
        self.register(registry, family);
    }

    /// A counter for each set of labels, of what is counted elsewhere.
    pub(super) fn counters<L>(
        self,
        registry: &mut Registry,
        values: impl IntoIterator<Item = (L, f64)>,
    ) where
        L: EncodeLabelSet + Clone + Debug + Eq + Hash + Send + Sync + 'static,
    {
        let family: Family<L, Counter<f64, AtomicU64>> = Family::default();
        for (labels, value) in values {
            family.get_or_create(&labels).inc_by(value);
        }
        self.register(registry, family);
    }

    /// One counter of what is counted elsewhere.
    pub(super) fn counter(self, registry: &mut Registry, value: Option<f64>) {
        let none: NoLabels = [];
        self.counters(registry, value.map(|value| (none, value)));
    }

    fn register(self, registry: &mut Registry, metric: impl prometheus_client::registry::Metric) {
        match self.unit {
            Some(unit) => registry.register_with_unit(self.name, self.help, unit, metric),
            None => registry.register(self.name, self.help, metric),
        }
    }
}

/// How long ago something was, in seconds. Clocks of several servers differ: what seems to lie ahead is now.
pub(super) fn age(since: Timestamp, now: Timestamp) -> f64 {
    now.duration_since(since).as_secs_f64().max(0.0)
}

/// Truth as a figure.
pub(super) fn flag(is_so: bool) -> f64 {
    if is_so { 1.0 } else { 0.0 }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts and sizes stay far below 2^52"
)]
pub(super) fn figure(number: u64) -> f64 {
    number as f64
}

/// A count of things in memory.
pub(super) fn count(number: usize) -> f64 {
    figure(u64::try_from(number).unwrap_or(u64::MAX))
}
