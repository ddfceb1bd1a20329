//! How the counting itself goes.

use prometheus_client::{metrics::counter::Counter, registry::Registry};

/// What is counted of the store's signals.
#[derive(Clone, Default)]
pub(in crate::metrics) struct SignalCounters {
    /// Signals that were lost.
    pub(in crate::metrics) lost: Counter,
    /// Times that the store did not let its history be read.
    pub(in crate::metrics) unread: Counter,
}

impl SignalCounters {
    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register(
            "formhand_metrics_signals_lost",
            "Signals of the store that were lost here; the counts go by the audit and miss nothing",
            self.lost.clone(),
        );
        registry.register(
            "formhand_metrics_reads_failed",
            "Times that the store did not let its audit be read for the counts; it is read again",
            self.unread.clone(),
        );
    }
}
