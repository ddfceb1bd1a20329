//! What is sent to webhooks.

use formhand_domain::WebhookName;
use prometheus_client::{
    metrics::{counter::Counter, family::Family},
    registry::Registry,
};

use crate::{metrics::labels::with, webhooks::TriedResult};

with! {
    /// A try, by what became of it.
    Tried { .. webhook: String, result: &'static str }
}

/// What is counted of webhooks.
#[derive(Clone, Default)]
pub(in crate::metrics) struct WebhookCounters {
    tries: Family<Tried, Counter>,
}

impl WebhookCounters {
    /// A message was tried.
    pub(in crate::metrics) fn tried(&self, webhook: &WebhookName, result: &TriedResult) {
        let webhook = webhook.to_string();
        let result = result.as_str();
        self.tries.get_or_create(&Tried { webhook, result }).inc();
    }

    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register(
            "formhand_webhook_tries",
            "Messages that were sent to a webhook, by what became of it: delivered, refused, unreachable or gone",
            self.tries.clone(),
        );
    }
}
